namespace OrleansAtlas.Tests;

/// <summary>What fails is named once, by the name that whoever indexed it knows, wherever it is read from.</summary>
public sealed class FailureTests(AzuriteFixture azurite, Library library) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_photo_and_a_film_that_fail_are_each_named_once(bool inContainer)
    {
        using var atlas = await BlobAtlas.CreateAsync(await azurite.ServerAsync());
        await Library.MakeAsync(_folder["films", "holiday", "torn.png"], "testsrc2=size=640x360:rate=1:duration=1,format=rgb24");
        var torn = await File.ReadAllBytesAsync(_folder["films", "holiday", "torn.png"], TestContext.Current.CancellationToken);
        torn.AsSpan(100, torn.Length - 200).Fill(0x55);
        await File.WriteAllBytesAsync(_folder["films", "holiday", "torn.png"], torn, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_folder["films", "holiday", "broken.mp4"], new byte[5000], TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(library.Folder, "bars.mp4"), _folder["films", "bars.mp4"]);
        var films = inContainer ? await BlobBytes.UploadAsync(_folder["films"], atlas.Container, "films") : _folder["films"];

        using var index = BlobAtlas.Start(atlas.Environment, ["index", films, .. Library.Arguments]);
        var run = await AtlasRun.EndOfAsync(index);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 new, 0 changed, 0 moved, 0 copied, 0 gone, 2 failed.", run.Output, StringComparison.Ordinal);
        using var ask = BlobAtlas.Start(atlas.Environment, ["status", "-c", "films"]);
        var status = await AtlasRun.EndOfAsync(ask);
        foreach (var name in (string[])["holiday/torn.png", "holiday/broken.mp4"])
        {
            foreach (var said in (string[])[run.Error, status.Output])
            {
                var lines = said.Split('\n').Where(line => line.Contains(Path.GetFileName(name), StringComparison.Ordinal)).ToList();
                Assert.NotEmpty(lines);
                Assert.All(lines, line => Assert.Equal(2, line.Split(Path.GetFileName(name)).Length));
                Assert.All(lines, line => Assert.Contains(name, line, StringComparison.Ordinal));
            }
        }

        Assert.DoesNotContain("atlas-photo-", run.Error + status.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", run.Error.Replace(films, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
