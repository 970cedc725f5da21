using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>Gathers one segment's frames: crops and encodes them on the compute threads, has them described while the next
/// are decoded, and writes the segment's artifacts, descriptors last.</summary>
internal sealed class SegmentWriter(WorkContext context, InferenceQueue queue, CollectionSettings settings) : IAsyncDisposable
{
    private readonly List<double> _times = [];
    private readonly List<byte[]> _jpegs = [];
    private readonly List<RgbImage> _raw = [];
    private readonly List<Half[]> _descriptors = [];
    private readonly SquareCropper _cropper = new(settings.Model.InputSize);

    private readonly Queue<(Task Done, byte[] Squares, float[] Numbers)> _underWay = new();
    private readonly Stack<byte[]> _spare = new();
    private byte[] _squares = [];
    private int _waiting;

    /// <summary>Frames so far.</summary>
    public int Count => _times.Count;

    /// <summary>Whether it holds the pictures of frames it was given, to write them as they are.</summary>
    public bool KeepsPictures => settings.Frames == FrameFormat.Raw;

    /// <summary>Takes a frame.</summary>
    /// <returns>Null, or why the segment fails.</returns>
    public async Task<string?> AddAsync(Frame frame, CancellationToken cancellationToken)
    {
        if (_waiting == 0)
        {
            _squares = _spare.TryPop(out var spare)
                ? spare
                : GC.AllocateUninitializedArray<byte>(queue.FramesPerRequest * _cropper.BytesPerFrame);
        }

        var place = _waiting++;
        _times.Add(frame.Time);
        if (KeepsPictures)
        {
            _raw.Add(frame.Image);
        }

        await context.Compute.RunAsync(() => Prepare(frame.Image, place), cancellationToken).ConfigureAwait(false);
        return _waiting == queue.FramesPerRequest ? await RequestAsync(cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Waits until every frame is described.</summary>
    /// <returns>Null, or why the segment fails.</returns>
    public async Task<string?> FinishAsync(CancellationToken cancellationToken)
    {
        var reason = _waiting > 0 ? await RequestAsync(cancellationToken).ConfigureAwait(false) : null;
        while (reason is null && _underWay.Count > 0)
        {
            reason = await TakeAsync().ConfigureAwait(false);
        }

        return reason;
    }

    /// <summary>Writes the artifacts.</summary>
    public async Task StoreAsync(CollectionStore collection, SegmentTask task, CancellationToken cancellationToken)
    {
        var (names, store) = (collection.Names, collection.Artifacts);
        var (pictures, extension) =
            settings.Frames == FrameFormat.Jpeg
                ? (FramePack.ToBytes(_jpegs), ".jpgs")
                : (_raw.Count > 0 ? FramePackRaw.ToBytes(_raw) : [], ".npy");
        var features = Npy.ToBytes<Half>(_descriptors.SelectMany(row => row).ToArray(), Count, settings.Model.Dimensions);
        if (Count > 0)
        {
            await store.TryAddAsync(names.Frames(task.VideoId, task.Segment, extension), pictures, cancellationToken).ConfigureAwait(false);
        }

        await store
            .TryAddAsync(names.Times(task.VideoId, task.Segment), Npy.ToBytes<double>(_times.ToArray(), Count), cancellationToken)
            .ConfigureAwait(false);
        await store.TryAddAsync(names.Features(task.VideoId, task.Segment), features, cancellationToken).ConfigureAwait(false);
        context.Ledger.Add(Stage.Store, Count, pictures.Length + features.Length + 8L * Count);
    }

    /// <summary>Waits for requests under way: they read from buffers of this segment. Where it failed, nobody asks what came of
    /// them.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_underWay.Select(request => request.Done)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Prepare(RgbImage image, int place)
    {
        using (context.Ledger.Work(Stage.Describe))
        {
            _cropper.Crop(image, _squares.AsSpan(place * _cropper.BytesPerFrame, _cropper.BytesPerFrame));
        }

        if (settings.Frames == FrameFormat.Jpeg)
        {
            using var busy = context.Ledger.Work(Stage.Store);
            _jpegs.Add(context.Images.EncodeJpeg(image, settings.JpegQuality));
        }
    }

    private async Task<string?> RequestAsync(CancellationToken cancellationToken)
    {
        var reason = _underWay.Count == queue.RequestsAtOnce ? await TakeAsync().ConfigureAwait(false) : null;
        var numbers = new float[_waiting * settings.Model.Dimensions];
        var done = queue.DescribeAsync(_squares, _waiting * Descriptor.SquaresPerFrame, numbers, cancellationToken);
        _underWay.Enqueue((done, _squares, numbers));
        _waiting = 0;
        return reason;
    }

    private async Task<string?> TakeAsync()
    {
        var (done, squares, numbers) = _underWay.Dequeue();
        await done.ConfigureAwait(false);
        _spare.Push(squares);
        for (var first = 0; first < numbers.Length; first += settings.Model.Dimensions)
        {
            var descriptor = new Half[settings.Model.Dimensions];
            if (Descriptor.Convert(numbers.AsSpan(first, settings.Model.Dimensions), descriptor) is { } reason)
            {
                return $"The frame at {_times[_descriptors.Count]:0.###} s cannot be described: {reason}.";
            }

            _descriptors.Add(descriptor);
        }

        return null;
    }
}
