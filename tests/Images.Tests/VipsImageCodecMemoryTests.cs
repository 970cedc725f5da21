using System.Diagnostics;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Tests;

/// <summary>Runs alone: libvips counts its memory for the whole process, so what other tests hold would be counted too.</summary>
[CollectionDefinition(nameof(VipsImageCodecMemoryTests), DisableParallelization = true)]
[Collection(nameof(VipsImageCodecMemoryTests))]
public sealed class VipsImageCodecMemoryTests
{
    private static readonly VipsImageCodec Codec = new();

    [Fact]
    public void Keeps_no_memory_over_thousands_of_pictures()
    {
        var image = Pixels.Noise(96, 64);
        void Cycle(int count) => Parallel.For(0, count, _ => Codec.Decode(Codec.EncodeJpeg(image, 80)));
        Cycle(500);
        var before = Resident();
        Cycle(3000);
        Assert.True(VipsLibrary.TrackedMemory < 100_000, $"libvips still holds {VipsLibrary.TrackedMemory} bytes");
        Assert.True(Resident() - before < 30 << 20, $"the process grew by {(Resident() - before) >> 20} MiB");
    }

    [Fact]
    public void Does_not_make_the_collector_work_for_every_frame()
    {
        var frame = new RgbImage(534, 300);
        Codec.EncodeJpeg(frame, 85);
        GC.Collect();
        var before = GC.CollectionCount(2);
        for (var i = 0; i < 300; i++)
        {
            Codec.EncodeJpeg(frame, 85);
        }

        Assert.InRange(GC.CollectionCount(2) - before, 0, 3);
    }

    private static long Resident()
    {
        // Else the collector keeps what it may need again: as much as the processor's cache is large.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return Process.GetCurrentProcess().WorkingSet64;
    }
}
