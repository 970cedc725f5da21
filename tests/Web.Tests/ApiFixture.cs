using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using OrleansAtlas.Store;

[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.ApiFixture))]

namespace OrleansAtlas.Tests;

/// <summary>The API in this process, over a collection of three films and a photo, each another picture and none with white in it, as
/// nothing is but the ground of a poster.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplicationFactory<Program> _factory = null!;

    public HttpClient Client { get; private set; } = null!;

    public string Version { get; private set; } = "";

    /// <summary>The address of the map.</summary>
    public string Map => $"/api/v1/collections/{TestStore.Collection}/maps/{Version}";

    internal LocalStore Store { get; private set; } = null!;

    internal string Films => _folder["films"];

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(Films);
        await TestStore.FfmpegAsync(
            cancel,
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x180:rate=25",
            "-t",
            "8",
            "-pix_fmt",
            "yuv420p",
            "-metadata",
            "creation_time=2019-05-31T10:00:00Z",
            _folder["films", "test.mp4"]
        );

        // Matroska's files have a random number in them unless they are to be the same each time, and the map lies as the films' contents
        // say.
        await TestStore.FfmpegAsync(
            cancel,
            "-f",
            "lavfi",
            "-i",
            "mandelbrot=size=320x180:rate=25",
            "-t",
            "8",
            "-pix_fmt",
            "yuv420p",
            "-fflags",
            "+bitexact",
            _folder["films", "mandelbrot, slow.mkv"]
        );
        await TestStore.FfmpegAsync(
            cancel,
            "-f",
            "lavfi",
            "-i",
            "cellauto=size=320x180:rate=25:seed=3,format=gray,lut=y=val*0.8",
            "-t",
            "8",
            "-pix_fmt",
            "yuv420p",
            "-fflags",
            "+bitexact",
            _folder["films", "cells.webm"]
        );
        await TestStore.FfmpegAsync(cancel, "-f", "lavfi", "-i", "color=c=red:size=320x180", "-frames:v", "1", _folder["films", "red.png"]);
        Store = await TestStore.IndexAsync(_folder["store"], 5, [Films], cancel);
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
            web.UseSetting("store", _folder["store"]).UseSetting("cache", _folder["cache"])
        );
        Client = _factory.CreateClient();
        Version = (await JsonAsync($"/api/v1/collections/{TestStore.Collection}", cancel)).GetProperty("current").GetString()!;
    }

    public async Task<JsonElement> JsonAsync(string path, CancellationToken cancel) =>
        await Client.GetFromJsonAsync<JsonElement>(path, cancel);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
        _folder.Dispose();
    }
}
