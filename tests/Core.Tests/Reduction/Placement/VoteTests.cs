using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Placement;

namespace OrleansAtlas.Tests.Reduction;

public sealed class VoteTests
{
    [Fact]
    public void Most_points_decide_and_those_far_off_do_not_pull()
    {
        var (x, y) = Vote.Of([0, 0, 0.1f, 0, 0, 0.1f, 9, 9, 9, 8.9f], [1, 1, 1, 1, 1], 0.5);
        Assert.InRange(x, 0, 0.1);
        Assert.InRange(y, 0, 0.1);
    }

    [Fact]
    public void A_heavy_point_keeps_its_place()
    {
        var (x, y) = Vote.Of([0, 0, 0.1f, 0, 0, 0.1f, 9, 8], [1, 1, 1, 1e9], 0.5);
        Assert.Equal(9, x, 1e-6);
        Assert.Equal(8, y, 1e-6);
    }

    [Fact]
    public void The_nearest_are_exact_in_order_and_without_their_own_group()
    {
        float[] rows = [0, 0, 3, 0, 1, 0, 2, 0, 1, 0];
        var (near, squares) = (new int[3], new float[3]);
        new NearestNeighbours(rows, 2).Find([0.9f, 0], near, squares);
        Assert.Equal([2, 4, 0], near);
        Assert.Equal(0.81f, squares[2], 1e-6f);
        new NearestNeighbours(rows, 2).Find([0.9f, 0], near, squares, [0, 0, 1, 2, 2], [1]);
        Assert.Equal([4, 0, 3], near);
        new NearestNeighbours(rows, 2).Find([0.9f, 0], near, squares, [0, 1, 1, 1, 1], [1]);
        Assert.Equal([0, -1, -1], near);
    }
}
