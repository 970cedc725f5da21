using System.Text.RegularExpressions;
using OrleansAtlas.Hosting;
using OrleansAtlas.Store;
using OrleansAtlas.Verification;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>Of every kind of artifact one is damaged: it is found, named and made again, to the byte.</summary>
public sealed partial class VerificationTests(VerificationFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("maps/versions.json")]
    [InlineData("maps/V/films.json")]
    [InlineData("maps/V/map.json")]
    [InlineData("maps/V/positions.npy")]
    [InlineData("maps/V/reduced.npy")]
    [InlineData("maps/V/times.npy")]
    [InlineData("maps/V/trust.npy")]
    [InlineData("models/V/films.json")]
    [InlineData("models/V/landmarks.npy")]
    [InlineData("models/V/model.json")]
    [InlineData("models/V/network.json")]
    [InlineData("models/V/network.npy")]
    [InlineData("models/V/pca.npy")]
    [InlineData("videos/V/features-00000.npy")]
    [InlineData("videos/V/frames-00000.jpgs")]
    [InlineData("videos/V/plan.json")]
    [InlineData("videos/V/times-00000.npy")]
    public async Task A_flipped_byte_and_an_empty_file_are_found_named_and_made_again(string kind)
    {
        foreach (var damage in (Action<string>[])[Flip, path => File.WriteAllBytes(path, [])])
        {
            await using var atlas = await OpenAsync();
            var films = (await atlas.FindAsync("films", Cancel))!;
            var (before, name) = (Bytes(), Named(kind));
            damage(_folder["store", name]);

            var report = await new StoreVerifier(films.Store).VerifyAsync(new Progress<ProgressReport>(), Cancel);
            var found = Assert.Single(report.Damaged);
            Assert.Equal(Path.GetDirectoryName(name), Path.GetDirectoryName(found.Name));
            Assert.Empty(await RepairAsync(atlas, films, report));

            Assert.Empty((await new StoreVerifier(films.Store).VerifyAsync(new Progress<ProgressReport>(), Cancel)).Damaged);
            var after = Bytes();
            Assert.Equal(before.Keys.Order(), after.Keys.Order());
            Assert.Equal([], before.Keys.Where(file => !before[file].AsSpan().SequenceEqual(after[file])));
        }
    }

    [Theory]
    [InlineData("statistics/V.json")]
    [InlineData("statistics/V.npy")]
    [InlineData("models/V/report.json")]
    [InlineData("videos/V/placed-V-V.npy")]
    [InlineData("ledger/L.json")]
    public async Task What_is_only_made_when_it_is_asked_for_goes(string kind)
    {
        await using var atlas = await OpenAsync();
        var films = (await atlas.FindAsync("films", Cancel))!;
        var name = Named(kind);
        Flip(_folder["store", name]);

        var report = await new StoreVerifier(films.Store).VerifyAsync(new Progress<ProgressReport>(), Cancel);
        Assert.Equal(name, Assert.Single(report.Damaged).Name);
        Assert.Empty(await RepairAsync(atlas, films, report));
        Assert.Empty((await new StoreVerifier(films.Store).VerifyAsync(new Progress<ProgressReport>(), Cancel)).Damaged);
    }

    [Fact]
    public async Task A_films_record_cannot_be_made_again_but_its_frames_are_kept_for_the_next_index()
    {
        await using var atlas = await OpenAsync();
        var films = (await atlas.FindAsync("films", Cancel))!;
        var name = Named("videos/V/video.json");
        var film = Path.GetDirectoryName((await films.Store.VideoAsync(name.Split('/')[2], Cancel))!.Sources[0].Path)!;
        var before = Bytes();
        Flip(_folder["store", name]);

        var report = await new StoreVerifier(films.Store).VerifyAsync(new Progress<ProgressReport>(), Cancel);
        var left = Assert.Single(await RepairAsync(atlas, films, report));
        Assert.Equal(name, left.Name);
        Assert.Contains("index its folder again", left.Problem, StringComparison.Ordinal);

        var again = await films.IndexAsync([film], null, Cancel);
        Assert.Equal(0, again.Done.Sum(receipt => receipt.NewFrames));
        Assert.Equal(before[name], Bytes()[name]);
    }

    [Fact]
    public async Task Files_that_are_not_this_programs_are_named_and_left_alone()
    {
        await using var atlas = await OpenAsync();
        var films = (await atlas.FindAsync("films", Cancel))!;
        var foreign = Named("videos/V/features-00000.npy").Replace(".npy", " (1).npy", StringComparison.Ordinal);
        await File.WriteAllBytesAsync(_folder["store", foreign], [1], Cancel);

        var report = await new StoreVerifier(films.Store).VerifyAsync(new Progress<ProgressReport>(), Cancel);
        Assert.Equal([foreign], report.Foreign);
        Assert.Empty(report.Damaged);
    }

    [Fact]
    public async Task A_collection_that_lost_its_settings_is_not_begun_again()
    {
        await using var atlas = await OpenAsync();
        File.Delete(_folder["store", "films", "collection.json"]);

        var error = await Assert.ThrowsAsync<Errors.StoreException>(() => atlas.GetOrCreateAsync("films", null, Cancel));
        Assert.Contains("has lost its settings", error.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Damage>> RepairAsync(Hosting.Atlas atlas, AtlasCollection films, VerifyReport report) =>
        await new StoreRepair(atlas.Work, atlas.Engine).RepairAsync(films.Store, report.Damaged, new Progress<ProgressReport>(), Cancel);

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }

    private async Task<Hosting.Atlas> OpenAsync()
    {
        foreach (var file in Directory.EnumerateFiles(fixture.Store, "*", SearchOption.AllDirectories))
        {
            var copy = _folder["store", Path.GetRelativePath(fixture.Store, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return await Hosting.Atlas.OpenAsync(_folder["store"], cancellationToken: Cancel);
    }

    // The first artifact of a kind: V stands for an id or a version, L for the name of a ledger.
    private string Named(string kind) =>
        Bytes()
            .Keys.Order(StringComparer.Ordinal)
            .First(name =>
                Version().Replace(name, "V").Replace("films/", "", StringComparison.Ordinal) == kind
                || (kind == "ledger/L.json" && name.StartsWith("films/ledger/", StringComparison.Ordinal))
            );

    private Dictionary<string, byte[]> Bytes() =>
        Directory
            .EnumerateFiles(_folder["store", "films"], "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(_folder["store"], path), File.ReadAllBytes, StringComparer.Ordinal);

    [GeneratedRegex("[0-9a-f]{32}|[0-9a-f]{16}")]
    private static partial Regex Version();
}
