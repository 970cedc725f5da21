using OrleansAtlas.Features;
using OrleansAtlas.Hosting;
using OrleansAtlas.Imaging;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Bench;

/// <summary>The pipeline as `atlas index` runs it, into a store that is deleted afterwards; the map is not part of it.</summary>
internal static class Whole
{
    public static async Task<(double FramesPerSecond, LedgerPage Page)> IndexAsync(
        string folder,
        Sampling sampling,
        FfmpegTools ffmpeg,
        IImageCodec images,
        ModelFile model,
        CancellationToken cancellationToken
    )
    {
        var place = Directory.CreateTempSubdirectory("atlas-bench-");
        try
        {
            await using var atlas = await Atlas.OpenAsync(place.FullName, null, cancellationToken);
            var collection = await atlas.GetOrCreateAsync("bench", new CollectionRequest(sampling, null, model.Path), cancellationToken);

            // The map is made one step after the other when all films are done, so its steps can be taken off the time.
            var report = await collection.IndexAsync([folder], null, cancellationToken);
            var page = atlas.Work.Ledger.Page();
            var map = page.Stages.Where(line => line.Stage is Stage.Gather or Stage.Train or Stage.Place).Sum(line => line.BusySeconds);
            return (report.Done.Sum(film => film.Frames) / (report.Seconds - map), page);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }
}
