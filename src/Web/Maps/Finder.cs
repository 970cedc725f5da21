using OrleansAtlas.Actors;
using OrleansAtlas.Features;
using OrleansAtlas.Reduction;
using OrleansAtlas.Web.Api;

namespace OrleansAtlas.Web.Maps;

/// <summary>Describes, reduces and places a picture as the frames of a map were. The network is opened when first needed and held.</summary>
internal sealed class Finder(WebMapOptions options) : IDisposable
{
    private const int Shown = 12;

    private readonly SemaphoreSlim _one = new(1);
    private (string Collection, IDescriber Describer)? _open;

    /// <summary>Whether networks can be opened here.</summary>
    public bool Works => options.Describer is not null;

    /// <summary>Where a picture would be; a sentence where it cannot be found.</summary>
    public async Task<(FoundDocument? Found, string? Reason)> FindAsync(OpenMap open, byte[] picture, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var collection = open.Map.Collection;
            var model = await MapModel.ReadAsync(collection, open.Map.Info.Model, cancellationToken);
            if (model is null)
            {
                return (null, $"The model {open.Map.Info.Model} that placed this map is gone; fit it again with: atlas train -c {collection.Settings.Name}");
            }

            var descriptor = await Task.Run(() => Describe(open, picture), cancellationToken);
            var reduced = model.Basis.Project(descriptor, new PlainMatrixProduct());
            var place = new OrleansAtlas.Maps.Placement(model.Code, open.Map.Info.Stretch).Place(reduced);
            var near = await TrueNeighbours.OfVectorAsync(open, reduced, Shown, cancellationToken);
            return (new FoundDocument(place[0], place[1], [.. near.Nearest.Select(frame => new NeighbourDocument(open.Frame(frame.Number), frame.Distance))]), null);
        }
        catch (Exception error) when (error is InvalidDataException or ModelException)
        {
            return (null, error.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _open?.Describer.Dispose();
        _one.Dispose();
    }

    private Half[] Describe(OpenMap open, byte[] picture)
    {
        var image = options.Images.Decode(picture);
        var name = open.Map.Collection.Settings.Name;
        if (_open?.Collection != name)
        {
            _open?.Describer.Dispose();
            _open = null;
            _open = (name, options.Describer!(open.Map.Collection));
        }

        var describer = _open.Value.Describer;
        var cropper = new SquareCropper(describer.Card.InputSize);
        var squares = new byte[cropper.BytesPerFrame];
        cropper.Crop(image, squares);
        var numbers = new float[Descriptor.Dimensions(describer.Card)];
        describer.Describe(squares, Descriptor.SquaresPerFrame, numbers);
        var descriptor = new Half[numbers.Length];
        return Descriptor.Convert(numbers, descriptor) is { } reason ? throw new InvalidDataException($"The picture cannot be described: {reason}.") : descriptor;
    }
}
