using System.Runtime.Versioning;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

[assembly: SupportedOSPlatform("linux")]

namespace OrleansAtlas.Tests;

/// <summary>Films that are no files: the same bytes come out, and ffmpeg sees no more than an address of this machine.</summary>
public sealed class FilmTests(AzuriteFixture azurite, Library library) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Films_in_a_container_make_the_bytes_that_files_make()
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var films = await UploadAsync(atlas.Container);
        var indexed = await atlas.JsonAsync(["index", films, .. Library.Arguments]);
        Assert.Equal(0, indexed.GetProperty("failed").GetArrayLength());
        await BlobBytes.AssertSameAsync(library.Whole, atlas.Container, BlobAtlas.Prefix, sameFiles: false);
        Assert.Equal(0, (await atlas.JsonAsync("index", films, "-c", "films")).GetProperty("newFrames").GetInt32());
        Assert.Contains("a/testsrc.mp4", Names(await atlas.JsonAsync("status", "-c", "films")));
    }

    [Fact]
    public async Task A_signature_opens_films_and_is_neither_said_nor_stored_nor_seen_by_ffmpeg()
    {
        var container = await (await azurite.ServerAsync()).ContainerAsync();
        var films = await UploadAsync(container);
        var sas = container.GenerateSasUri(BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List, Soon).Query;
        await File.WriteAllTextAsync(_folder["ffmpeg"], $"#!/bin/sh\necho \"$@\" >> {_folder["seen"]}\nexec ffmpeg \"$@\"\n");
        File.SetUnixFileMode(_folder["ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var run = await RunAsync(
            new() { ["ATLAS_FFMPEG"] = _folder["ffmpeg"] },
            ["index", films + sas, .. Library.Arguments, "-v", "--store", _folder["store"]]
        );
        Assert.True(run.ExitCode == 0, run.Error);
        var signature = sas[(sas.IndexOf("sig=", StringComparison.Ordinal) + 4)..].Split('&')[0];
        Assert.DoesNotContain(signature, run.Output + run.Error, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(_folder["store"], "*.json", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(signature, File.ReadAllText(file), StringComparison.Ordinal)
        );
        var seen = await File.ReadAllTextAsync(_folder["seen"]);
        Assert.Contains("-i http://127.0.0.1:", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(container.Name, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_server_that_gives_out_ranges_will_do_and_a_file_may_list_the_films()
    {
        var container = await (await azurite.ServerAsync()).ContainerAsync();
        await container.SetAccessPolicyAsync(PublicAccessType.Blob);
        var films = await UploadAsync(container);
        await File.WriteAllLinesAsync(_folder["list"], [$"{films}/a/testsrc.mp4", "", $"{films}/nothing.mp4"]);
        var run = await RunAsync(
            [],
            ["index", $"{films}/bars.mp4", "--list", _folder["list"], .. Library.Arguments, "--json", "--store", _folder["store"]]
        );
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, run.Json.GetProperty("done").GetArrayLength());
        Assert.Contains(
            "nothing.mp4",
            Assert.Single(run.Json.GetProperty("failed").EnumerateArray()).GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Photos_in_a_container_are_indexed_too()
    {
        var photos = TestFiles.Shared("photos", "caltech101");
        var container = await (await azurite.ServerAsync()).ContainerAsync();
        foreach (var photo in Directory.EnumerateFiles(photos, "*.jpg", SearchOption.AllDirectories).Take(3))
        {
            await container.GetBlobClient($"p/{Path.GetFileName(photo)}").UploadAsync(photo, overwrite: true);
        }

        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        var indexed = await atlas.JsonAsync("index", $"{container.Uri}/p", "-c", "photos", "--model", "resnet18");
        Assert.True(indexed.GetProperty("frames").GetInt32() > 0);
        Assert.Equal(0, indexed.GetProperty("failed").GetArrayLength());
    }

    [Fact]
    public async Task A_source_that_cannot_be_opened_is_told_in_one_sentence_with_exit_code_2()
    {
        var server = await azurite.ServerAsync();
        var container = await server.ContainerAsync();
        var ended = container.GenerateSasUri(BlobContainerSasPermissions.All, TimeProvider.System.GetUtcNow().AddMinutes(-5)).Query;
        const string OtherKey = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=";
        var right = server.ConnectionString;
        var wrong = right.Replace(server.Key, OtherKey, StringComparison.Ordinal);
        var named = container.Uri.AbsoluteUri.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var withPassword = container.Uri.AbsoluteUri.Replace("://", $"://me:{OtherKey}@", StringComparison.Ordinal);
        (string Films, string Connection, string Signature, string Says)[] cases =
        [
            ($"{container.Uri}{ended}", "", "", "ended at 20"),
            ($"{container.Uri}", "", ended, "ended at 20"),
            ($"{container.Uri}/bars.mp4", "", ended, "ended at 20"),
            ($"{container.Uri}", "", "", $"Nothing opens '{container.Uri}'"),
            ($"{container.Uri}", wrong, "", "does not let this process in"),
            ($"{container.Uri}", $"AccountKey={OtherKey}", "", "AZURE_STORAGE_CONNECTION_STRING is no connection string"),
            ($"{server.Address}/nothere", right, "", $"There is no container '{server.Address}/nothere'"),
            ($"{container.Uri}/nothing", right, "", $"Nothing is under '{container.Uri}/nothing'"),
            (server.Address, "", ended, "is no address of a container"),
            ($"{server.Address}/w", right, "", "a container's name has 3 to 63 small letters"),
            ($"{named}{ended}", "", "", "'localhost' is no name of a blob server"),
            ($"{withPassword}{ended}", "", "", "was given with a user or a password"),
        ];
        foreach (var (films, connection, signature, says) in cases)
        {
            var run = await RunAsync(
                new() { ["AZURE_STORAGE_CONNECTION_STRING"] = connection, ["AZURE_STORAGE_SAS_TOKEN"] = signature },
                ["index", films, .. Library.Arguments, "--store", _folder["store"]]
            );
            Assert.False(Directory.Exists(_folder["store", "films"]), $"{says}: a collection was left behind. {run.Error}");
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(says, run.Sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", run.Output + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(OtherKey, run.Output + run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_job_is_refused_an_address_with_a_signature()
    {
        var run = await RunAsync(
            [],
            ["submit", "https://account.blob.core.windows.net/films?sv=1&sig=hidden", "-c", "films", "--cluster", "127.0.0.1:9"]
        );
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'https://account.blob.core.windows.net/films' was given with a signature", run.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", run.Output + run.Error, StringComparison.Ordinal);
    }

    private static DateTimeOffset Soon => TimeProvider.System.GetUtcNow().AddMinutes(20);

    private static IEnumerable<string?> Names(JsonElement status) =>
        status.GetProperty("videos").EnumerateArray().Select(film => film.GetProperty("name").GetString());

    private static async Task<AtlasRun> RunAsync(Dictionary<string, string?> environment, params string[] arguments)
    {
        using var process = BlobAtlas.Start(environment, arguments);
        return await AtlasRun.EndOfAsync(process);
    }

    private Task<string> UploadAsync(BlobContainerClient container) => BlobBytes.UploadAsync(library.Folder, container, "films");
}
