using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps.Training;

/// <summary>The frames an autoencoder is trained on.</summary>
/// <param name="Reduced">Reduced vectors, <c>[Count, k]</c>, in the order of the frame set.</param>
/// <param name="FilmOf">Number of each frame's film, <c>[Count]</c>: frames of one film follow each other in time.</param>
/// <param name="Old">Where an older model places them, <c>[Count, 2]</c>; empty where there is none to begin with.</param>
/// <param name="Count">Frames.</param>
internal sealed record TrainingSample(float[] Reduced, int[] FilmOf, float[] Old, int Count)
{
    /// <summary>Reads all frames, or an evenly spread share of them where there are more than the limit.</summary>
    public static async Task<TrainingSample> ReadAsync(
        WorkContext context,
        CollectionStore collection,
        FrameSet frames,
        PcaBasis basis,
        FittedModel? start,
        long limit,
        CancellationToken cancellationToken
    )
    {
        using var busy = context.Ledger.Busy(Stage.Train);
        var slices = StatisticsPart.Cut(frames, limit).SelectMany(part => part.Slices).ToList();
        var count = slices.Sum(slice => slice.Count);
        var reduced = new float[count * basis.Count];
        var old = new float[start is null ? 0 : count * NetworkShape.Codes];
        var (row, filmOf, film, number) = (0, new int[count], "", -1);
        foreach (var slice in slices)
        {
            if (slice.VideoId != film)
            {
                film = slice.VideoId;
                number++;
            }

            var descriptors = await FeatureReader.ReadAsync(collection, slice, cancellationToken).ConfigureAwait(false);
            var first = row;
            await context
                .ComputeAsync(
                    Stage.Train,
                    () =>
                    {
                        basis.Project(descriptors, context.MatrixProduct).CopyTo(reduced, first * basis.Count);
                        start?.Code.Encode(start.Basis.Project(descriptors, context.MatrixProduct)).CopyTo(old, first * NetworkShape.Codes);
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            filmOf.AsSpan(row, slice.Count).Fill(number);
            row += slice.Count;
        }

        return new TrainingSample(reduced, filmOf, old, count);
    }
}
