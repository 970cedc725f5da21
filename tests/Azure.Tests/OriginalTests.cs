using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Sas;

namespace OrleansAtlas.Tests;

/// <summary>What needs a film itself, not only what is stored of it, works for films in a container as for files.</summary>
public sealed class OriginalTests(AzuriteFixture azurite, Library library) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_mosaic_takes_its_frames_out_of_films_in_a_container()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        await IndexAsync(atlas);
        var drawn = await atlas.JsonAsync("mosaic", "-c", "films", "--originals", "--tiles", "3x3", "-o", _folder["mosaic.png"]);
        Assert.Equal(0, drawn.GetProperty("drawn").GetProperty("standIns").GetArrayLength());

        await atlas.Container.GetBlobClient("films/bars.mp4").DeleteAsync(cancellationToken: Cancel);
        var without = await atlas.JsonAsync("mosaic", "-c", "films", "--originals", "--tiles", "6x6", "-o", _folder["without.png"]);
        var standIn = Assert.Single(without.GetProperty("drawn").GetProperty("standIns").EnumerateArray());
        Assert.Equal("bars.mp4", standIn.GetProperty("film").GetString());
    }

    [Fact]
    public async Task Clips_like_a_film_at_an_address_are_found_whether_or_not_the_collection_has_it()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var films = await IndexAsync(atlas);
        var known = await atlas.JsonAsync("similar", $"{films}/a/testsrc.mp4@1-3", "-c", "films");
        Assert.Equal("a/testsrc.mp4", known.GetProperty("query").GetProperty("video").GetString());

        await BlobBytes.UploadAsync(library.Folder, atlas.Container, "elsewhere");
        var sas = atlas.Container.GenerateSasUri(BlobContainerSasPermissions.Read, TimeProvider.System.GetUtcNow().AddHours(1)).Query;
        var outside = await atlas.RunAsync(
            "similar",
            $"{atlas.Container.Uri}/elsewhere/life.mkv{sas}@0-2",
            "-c",
            "films",
            "-o",
            _folder["similar.png"],
            "--json"
        );
        Assert.True(outside.ExitCode == 0, outside.Error);
        Assert.Equal("life.mkv", outside.Json.GetProperty("query").GetProperty("video").GetString());
        Assert.Equal("life.mkv", outside.Json.GetProperty("matches")[0].GetProperty("video").GetString());
        var signature = sas[(sas.IndexOf("sig=", StringComparison.Ordinal) + 4)..].Split('&')[0];
        Assert.DoesNotContain(signature, outside.Output + outside.Error, StringComparison.Ordinal);

        var missing = await atlas.RunAsync("similar", $"{films}/nothing.mp4", "-c", "films");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains($"'{films}/nothing.mp4' cannot be read", missing.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_plays_a_film_in_a_container_and_sees_nothing_that_opens_it()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        await IndexAsync(atlas);
        using var server = BlobAtlas.Start(atlas.Environment, "serve", "--port", "0");
        try
        {
            var said = (await server.StandardOutput.ReadLineAsync(Cancel))!;
            using var http = new HttpClient
            {
                BaseAddress = new Uri(said.Split(' ').Single(word => word.StartsWith("http:", StringComparison.Ordinal))),
            };
            var collection = "/api/v1/collections/films";
            var version = (await http.GetFromJsonAsync<JsonElement>(collection, Cancel)).GetProperty("current").GetString();
            var listed = await http.GetFromJsonAsync<JsonElement>($"{collection}/maps/{version}/films?search=testsrc", Cancel);
            var film = $"{collection}/films/{listed.GetProperty("films")[0].GetProperty("id").GetString()}";

            var bytes = await File.ReadAllBytesAsync(Path.Combine(library.Folder, "a", "testsrc.mp4"), Cancel);
            Assert.Equal(bytes, await http.GetByteArrayAsync($"{film}/source", Cancel));
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{film}/source") { Headers = { Range = new(1000, 70_999) } };
            using var part = await http.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(new ContentRangeHeaderValue(1000, 70_999, bytes.Length), part.Content.Headers.ContentRange);
            Assert.Equal(bytes[1000..71_000], await part.Content.ReadAsByteArrayAsync(Cancel));

            var media = await http.GetFromJsonAsync<JsonElement>($"{film}/media", Cancel);
            Assert.StartsWith("video/mp4; codecs=", media.GetProperty("type").GetString(), StringComparison.Ordinal);
            var stretch = await http.GetByteArrayAsync($"{film}/stretch?start=1&end=2", Cancel);
            Assert.Equal([0x1a, 0x45, 0xdf, 0xa3], stretch[..4]); // EBML

            await atlas.Container.GetBlobClient("films/a/testsrc.mp4").UploadAsync(new BinaryData("replaced"), overwrite: true, Cancel);
            using var gone = await http.GetAsync($"{film}/source", Cancel);
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
            Assert.Contains("was changed since", await gone.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Cancel);
        }
    }

    private async Task<string> IndexAsync(BlobAtlas atlas)
    {
        var films = await BlobBytes.UploadAsync(library.Folder, atlas.Container, "films");
        await atlas.JsonAsync(["index", films, .. Library.Arguments]);
        return films;
    }
}
