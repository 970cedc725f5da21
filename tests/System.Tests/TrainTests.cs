using System.Text.Json;

namespace OrleansAtlas.Tests;

public sealed class TrainTests(IndexedClips clips) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Trains_the_same_bytes_on_one_core_as_on_three()
    {
        clips.CopyTo(_folder["one"]);
        clips.CopyTo(_folder["three"]);
        string[] train = ["train", "-c", "films", "--seed", "5", "--layout-steps", "100", "--epochs", "5"];
        await new Atlas(_folder["one"], cores: 1).JsonAsync(train);
        await new Atlas(_folder["three"], cores: 3).JsonAsync(train);
        StoreBytes.AssertSame(_folder["one"], _folder["three"]);
    }

    [Fact]
    public async Task A_map_trained_anew_lies_as_the_one_before_and_says_so_in_pictures()
    {
        clips.CopyTo(_folder["store"]);
        var atlas = new Atlas(_folder["store"]);
        var first = await PositionsAsync(atlas, "first");
        await atlas.JsonAsync("train", "-c", "films", "--seed", "2", "--std", "0.6");
        var second = await PositionsAsync(atlas, "second");

        // Another seed lays separate groups out anew; the best rotation and reflection of that never lies against the first map.
        Assert.InRange(Correlation(first, second, 0) + Correlation(first, second, 1), 0.1, 2);

        await atlas.JsonAsync("scatter", "-c", "films", "-o", _folder["compare.png"], "--compare");
        await atlas.JsonAsync("scatter", "-c", "films", "-o", _folder["curves.png"], "--curves");
        Assert.All((string[])["compare.png", "curves.png"], file => Assert.True(new FileInfo(_folder[file]).Length > 10_000));
    }

    [Theory]
    [InlineData("--preset", "better", "'better' is none of best and article")]
    [InlineData("--perplexity", "0", "perplexity is 0")]
    [InlineData("--encoder-width", "100000000000", "encoder's width is 2147483647")]
    public async Task Refuses_numbers_that_make_no_sense(string flag, string value, string sentence)
    {
        clips.CopyTo(_folder["store"]);
        var run = await new Atlas(_folder["store"]).RunAsync("train", "-c", "films", flag, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Sentence);
    }

    private async Task<double[][]> PositionsAsync(Atlas atlas, string name)
    {
        await atlas.JsonAsync("export", "-c", "films", "--format", "jsonl", "-o", _folder[name]);
        return
        [
            .. File.ReadLines(_folder[name])
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Select(frame => (double[])[frame.GetProperty("x").GetDouble(), frame.GetProperty("y").GetDouble()]),
        ];
    }

    private static double Correlation(double[][] a, double[][] b, int axis)
    {
        var (meanA, meanB) = (a.Average(point => point[axis]), b.Average(point => point[axis]));
        double Sum(Func<double, double, double> of) => a.Zip(b, (p, q) => of(p[axis] - meanA, q[axis] - meanB)).Sum();
        return Sum((x, y) => x * y) / Math.Sqrt(Sum((x, _) => x * x) * Sum((_, y) => y * y));
    }
}
