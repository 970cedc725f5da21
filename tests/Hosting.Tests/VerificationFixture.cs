using System.Diagnostics;
using OrleansAtlas.Hosting;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Tests;
using OrleansAtlas.Verification;
using OrleansAtlas.Work;

[assembly: AssemblyFixture(typeof(VerificationFixture))]

namespace OrleansAtlas.Tests;

/// <summary>A store with every kind of artifact, made once by the real programs.</summary>
public sealed class VerificationFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The store, not to be changed.</summary>
    public string Store => _folder["store"];

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder["films"]);
        await FilmAsync("stripes.mp4", "testsrc2=size=96x64:rate=10");
        await FilmAsync("fractal.mp4", "mandelbrot=size=96x64:rate=10");
        await using var atlas = await Hosting.Atlas.OpenAsync(Store);
        var films = await atlas.GetOrCreateAsync("films", new CollectionRequest(new Sampling { FramesPerSecond = 5 }, Model: "resnet18"));
        await films.IndexAsync([_folder["films"]]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task FilmAsync(string name, string source)
    {
        using var ffmpeg = Process.Start(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-t", "6", "-pix_fmt", "yuv420p", Path.Combine(_folder["films"], name)]
        );
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
