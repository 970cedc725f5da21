using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Tests.Maps;

public sealed class GridOutlineTests
{
    [Fact]
    public void Fills_the_cells_that_were_asked_for_each_with_another_frame_near_it()
    {
        var random = new Random(2);
        var frames = Enumerable.Range(0, 500).Select(i => new MapFrame(0, 0, i, i, random.NextDouble(), random.NextDouble())).ToList();
        int[] cells = [0, 7, 33, 34, 99];

        var layout = GridAssignment.AssignTo(frames, MapView.Whole, 10, 10, cells, TestContext.Current.CancellationToken);

        Assert.Equal(cells, layout.Cells.Select(cell => (cell.Row * 10) + cell.Column));
        Assert.Equal(5, layout.Cells.Select(cell => cell.Frame).Distinct().Count());
        Assert.All(layout.Cells, cell => Assert.InRange(layout.Displacement(cell), 0, 0.08));
    }

    [Fact]
    public void Too_few_frames_for_the_cells_are_refused() =>
        Assert.Throws<AtlasException>(() =>
            GridAssignment.AssignTo([new MapFrame(0, 0, 0, 0, 0.5, 0.5)], MapView.Whole, 2, 1, [0, 1], default)
        );
}
