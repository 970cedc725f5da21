using OrleansAtlas.Web.Api;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Tests;

public sealed class PictureTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public void Zooming_in_only_adds(int count)
    {
        var tree = Tree(count, clumps: 3);
        for (var level = 0; level < tree.Depth; level++)
        {
            for (var (y, side) = (0, 1 << level); y < side; y++)
            {
                for (var x = 0; x < side; x++)
                {
                    var frame = tree.Find(level, x, y).Frame;
                    var quarters = Enumerable
                        .Range(0, 4)
                        .Select(quarter => tree.Find(level + 1, (2 * x) + (quarter & 1), (2 * y) + (quarter >> 1)).Frame);
                    Assert.Contains(frame, quarters);
                }
            }
        }
    }

    [Fact]
    public void Every_frame_is_shown_somewhere_in_the_end_and_no_place_is_empty()
    {
        var tree = Tree(300, clumps: 2);
        var side = 1 << tree.Depth;

        var shown = Enumerable
            .Range(0, side * side)
            .Select(cell => tree.Find(tree.Depth, cell % side, cell / side))
            .Where(cell => !cell.Repeats)
            .Select(cell => cell.Frame);

        Assert.Equal(Enumerable.Range(0, 300), shown.Distinct().Order());
    }

    [Fact]
    public void As_long_as_there_are_frames_no_picture_stands_twice()
    {
        var tree = Tree(4096, clumps: 0);

        var shown = Enumerable.Range(0, 256).Select(cell => tree.Find(4, cell % 16, cell / 16).Frame).ToList();

        Assert.Equal(256, shown.Distinct().Count());
    }

    [Fact]
    public void Frames_at_one_place_are_told_apart()
    {
        var tree = PictureTree.Build(new float[20], new float[10], [.. Enumerable.Range(0, 10)]);

        Assert.Equal(4, Enumerable.Range(0, 4).Select(cell => tree.Find(1, cell & 1, cell >> 1).Frame).Distinct().Count());
    }

    private static PictureTree Tree(int count, int clumps)
    {
        var random = new Random(5);
        var positions = new float[2 * count];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] =
                clumps == 0
                    ? random.NextSingle()
                    : (float)Math.Clamp(((i / 2 % clumps) + 0.5 + (0.1 * random.NextDouble())) / clumps, 0, 1);
        }

        return PictureTree.Build(positions, [.. Enumerable.Repeat(float.NaN, count)], [.. Enumerable.Range(0, count)]);
    }
}
