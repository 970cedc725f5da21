using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
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
            var store = LocalStore.Open(place.FullName, write: true);
            var ledger = new Ledger(TimeProvider.System);
            using var describer = new InferenceQueue(() => OnnxFeatureExtractor.Open(model), ledger);
            using var compute = new ComputePool(Environment.ProcessorCount);
            using var slots = new SemaphoreSlim(Environment.ProcessorCount + 1);
            using var product = new OnnxMatrixProduct();
            _ = describer.Describer;
            await CollectionStore.CreateAsync(
                store,
                new CollectionSettings
                {
                    Name = "bench",
                    Sampling = sampling,
                    Model = new ModelPin(model.Card.Name, model.Sha256, model.Card.InputSize, Descriptor.Dimensions(model.Card)),
                    Profile = new Profile("", "", "", "cpu", "float32"),
                },
                cancellationToken
            );
            var engine = new LocalEngine(
                new WorkContext
                {
                    Store = store,
                    Images = images,
                    Prober = new Prober(ffmpeg, images),
                    Decoder = new FilmDecoder(ffmpeg, images),
                    Describer = describer,
                    MatrixProduct = product,
                    Compute = compute,
                    Ledger = ledger,
                    SegmentSlots = slots,
                    FilmsInFlight = Environment.ProcessorCount + 2,
                    SegmentsPerFilm = Environment.ProcessorCount + 1,
                    Clock = TimeProvider.System,
                }
            );

            // The map is made one step after the other when all films are done, so its steps can be taken off the time.
            var report = await engine.IndexAsync(
                "bench",
                new IndexRequest { Paths = [folder] },
                new Progress<ProgressReport>(),
                cancellationToken
            );
            var page = ledger.Page();
            var map = page.Stages.Where(line => line.Stage is Stage.Gather or Stage.Train or Stage.Place).Sum(line => line.BusySeconds);
            return (report.Done.Sum(film => film.Frames) / (report.Seconds - map), page);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }
}
