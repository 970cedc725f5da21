using OrleansAtlas.Search.Similar;

namespace OrleansAtlas.Tests;

public sealed class SequenceDistancesTests
{
    private static readonly float[] Way = [0, 1, 2, 3];

    [Fact]
    public void A_clip_is_no_way_from_itself() =>
        Assert.All(
            (Func<CostMatrix, double>[])[SequenceDistances.Hausdorff, SequenceDistances.Chamfer, SequenceDistances.DynamicTimeWarping],
            measure => Assert.Equal(0, measure(CostMatrix.Of(Way, Way, 1)), 6)
        );

    [Fact]
    public void The_worst_frame_decides_for_Hausdorff_and_the_mean_for_chamfer()
    {
        var cost = CostMatrix.Of(Way, [0f, 1, 2, 7], 1);
        Assert.Equal(4, SequenceDistances.Hausdorff(cost), 5);
        Assert.Equal((0.25 + 1) / 2, SequenceDistances.Chamfer(cost), 5);
    }

    [Fact]
    public void Warping_hears_the_order_and_not_the_pace()
    {
        var slow = CostMatrix.Of(Way, [0f, 0, 0, 1, 2, 2, 3], 1);
        var backwards = CostMatrix.Of(Way, [3f, 2, 1, 0], 1);
        Assert.Equal(0, SequenceDistances.DynamicTimeWarping(slow), 6);
        Assert.True(SequenceDistances.DynamicTimeWarping(backwards) > 0.5);
        Assert.Equal(0, SequenceDistances.Chamfer(backwards), 6);
    }

    [Fact]
    public void Transport_counts_how_long_something_is_seen()
    {
        // Half of the weight has to go from 0 to 1, all else stays.
        var cost = CostMatrix.Of([0f, 0, 0, 1], [0f, 1, 1, 1], 1);
        Assert.Equal(0.5, SequenceDistances.Transport(cost, 0.02), 2);
        Assert.Equal(0, SequenceDistances.Chamfer(cost), 6);
    }

    [Fact]
    public void Transport_of_one_place_to_itself_is_free() =>
        Assert.Equal(0, SequenceDistances.Transport(CostMatrix.Of([1f, 1], [1f, 1, 1], 1)));
}
