using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansAtlas.Tests.Corpus;

namespace OrleansAtlas.Tests;

/// <summary>A server that people browse while films come and maps are trained: after a quarter of an hour (<c>ATLAS_SOAK_MINUTES</c> says
/// otherwise) it holds no more than after five minutes of it.</summary>
public sealed partial class SoakTests : IDisposable
{
    private const int Browsers = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Long")]
    public async Task Indexing_training_browsing_and_searching_at_once_lets_nothing_grow()
    {
        LongTests.Require();
        var minutes = double.Parse(Environment.GetEnvironmentVariable("ATLAS_SOAK_MINUTES") ?? "15", CultureInfo.InvariantCulture);
        var temporary = Directory.CreateDirectory(_folder["tmp"]).FullName;
        var atlas = new Atlas(_folder["store"]) { Temporary = temporary };
        Directory.CreateDirectory(_folder["films"]);
        await AddFilmAsync(0);
        Assert.Equal(0, (await IndexAsync(atlas)).ExitCode);
        using var server = new Atlas(_folder["store"]) { Temporary = temporary }.Start("serve", "--port", "0");
        var address = new Uri(Address().Match((await server.StandardOutput.ReadLineAsync())!).Value);

        var (clock, samples, counts) = (Stopwatch.StartNew(), new List<Sample>(), new Counts());
        using (var end = new CancellationTokenSource(TimeSpan.FromMinutes(minutes)))
        {
            var people = Enumerable.Range(0, Browsers).Select(seed => BrowseAsync(address, seed, counts, end.Token)).ToList();
            var working = WorkAsync(atlas, counts, () => samples.Add(Sample.Of(server, temporary)), end.Token);
            await Task.WhenAll([working, .. people]);
        }

        using var signal = Process.Start("kill", ["-INT", $"{server.Id}"]);
        var ended = await AtlasRun.EndOfAsync(server);
        var (third, last) = (
            samples.Take(Math.Max(1, samples.Count / 3)).ToList(),
            samples.TakeLast(Math.Max(1, samples.Count / 6)).ToList()
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{clock.Elapsed.TotalMinutes:0} min: {counts.Films} films, {counts.Trainings} trainings, {counts.Requests} requests; "
                + $"memory {third.Max(s => s.Bytes) / 1e6:0} then {last.Max(s => s.Bytes) / 1e6:0} MB, "
                + $"handles {third.Max(s => s.Handles)} then {last.Max(s => s.Handles)}"
        );
        Assert.Equal(0, ended.ExitCode);
        Assert.InRange(counts.Requests, 100, long.MaxValue);
        Assert.InRange(last.Min(sample => sample.Bytes), 0, (third.Max(sample => sample.Bytes) * 13 / 10) + 50_000_000);
        Assert.InRange(last.Min(sample => sample.Handles), 0, third.Max(sample => sample.Handles) + 20);
        Assert.InRange(last.Min(sample => sample.TemporaryFiles), 0, third.Max(sample => sample.TemporaryFiles) + 5);
        Assert.Empty(ProcessTree.Of(_folder["store"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
        Assert.Equal(0, (await atlas.RunAsync("verify", "-c", "films")).ExitCode);
    }

    private Task<AtlasRun> IndexAsync(Atlas atlas) => atlas.RunAsync("index", _folder["films"], "-c", "films", "--fps", "4");

    private Task AddFilmAsync(int number) =>
        Clips.FfmpegAsync(
            "-f",
            "lavfi",
            "-i",
            $"cellauto=size=160x120:rate=10:seed={number}",
            "-t",
            "6",
            "-pix_fmt",
            "yuv420p",
            _folder["films", string.Create(CultureInfo.InvariantCulture, $"{number:0000}.mp4")]
        );

    private async Task WorkAsync(Atlas atlas, Counts counts, Action look, CancellationToken end)
    {
        for (var round = 1; !end.IsCancellationRequested; round++)
        {
            await AddFilmAsync(round);
            Assert.Equal(0, (await IndexAsync(atlas)).ExitCode);
            counts.Films++;
            look();
            if (round % 5 == 0)
            {
                Assert.Equal(0, (await atlas.RunAsync("train", "-c", "films", "--epochs", "5")).ExitCode);
                Assert.Equal(0, (await atlas.RunAsync("gc", "-c", "films")).ExitCode);
                counts.Trainings++;
            }
        }
    }

    // What a person's page asks for: the map, tiles, a frame, its neighbours, a film that is alike, a film played.
    private static async Task BrowseAsync(Uri server, int seed, Counts counts, CancellationToken end)
    {
        var random = new Random(seed);
        using var http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };
        while (!end.IsCancellationRequested)
        {
            using var collection = JsonDocument.Parse(await http.GetStringAsync("/api/v1/collections/films", CancellationToken.None));
            var id = collection.RootElement.GetProperty("current").GetString();
            var at = $"/api/v1/collections/films/maps/{id}";
            var films = await FilmsAsync(http, at);
            foreach (
                var question in new[]
                {
                    at,
                    $"{at}/tiles/pictures/{random.Next(3)}/0/0",
                    $"{at}/tiles/points/{random.Next(3)}/0/0",
                    $"{at}/frames/{random.Next(20)}",
                    $"{at}/frames/{random.Next(20)}/neighbours",
                    $"{at}/frames/{random.Next(20)}/picture",
                    $"{at}/films/{films[random.Next(films.Count)]}/similar?limit=3",
                    "/api/v1/collections/films/progress",
                    "/",
                }
            )
            {
                using var answer = await http.GetAsync(question, CancellationToken.None);

                // A map that gc took meanwhile is not there any more; nothing else may be wrong.
                Assert.True(
                    answer.IsSuccessStatusCode || answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests,
                    $"{question}: {answer.StatusCode}"
                );
                counts.Asked();
            }

            // As long as a person looks at what came.
            await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);
        }
    }

    private static async Task<List<string>> FilmsAsync(HttpClient http, string map)
    {
        using var answer = await http.GetAsync($"{map}/films", CancellationToken.None);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return ["none"];
        }

        using var films = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None));
        var list = films.RootElement.ValueKind == JsonValueKind.Array ? films.RootElement : films.RootElement.GetProperty("films");
        return [.. list.EnumerateArray().Select(film => film.GetProperty("id").GetString()!)];
    }

    private sealed class Counts
    {
        private long _requests;

        public int Films { get; set; }

        public int Trainings { get; set; }

        public long Requests => Interlocked.Read(ref _requests);

        public void Asked() => Interlocked.Increment(ref _requests);
    }

    private sealed record Sample(long Bytes, int Handles, int TemporaryFiles)
    {
        public static Sample Of(Process server, string temporary)
        {
            server.Refresh();
            return new Sample(
                server.WorkingSet64,
                Directory.EnumerateFileSystemEntries($"/proc/{server.Id}/fd").Count(),
                Directory.EnumerateFileSystemEntries(temporary, "*", SearchOption.AllDirectories).Count()
            );
        }
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();
}
