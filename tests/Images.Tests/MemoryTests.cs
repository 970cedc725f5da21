using System.Diagnostics;
using OrleansAtlas.Images;

namespace OrleansAtlas.Tests;

/// <summary>Runs alone: libvips counts its memory for the whole process, so what other tests hold would be counted too.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
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

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Process.GetCurrentProcess().WorkingSet64;
    }
}
