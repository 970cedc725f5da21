using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Tests.Maps;

public sealed class GridAssignmentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Finds_the_least_displacement_there_is(int seed)
    {
        var random = new Random(seed);
        var frames = Frames(6 + (seed % 3), random, clumped: seed % 2 == 0);
        var layout = GridAssignment.Assign(frames, MapView.Whole, 3, 2, default);
        Assert.Equal(Exhaustive(frames, 3, 2), Total(layout), 1e-12);
    }

    [Fact]
    public void Agrees_with_a_plain_dense_method_on_hundreds_of_cells()
    {
        foreach (var (count, clumped) in new[] { (150, true), (150, false), (400, true), (1000, false) })
        {
            var frames = Frames(count, new Random(count), clumped);
            var layout = GridAssignment.Assign(frames, MapView.Whole, 15, 10, default);
            Assert.Equal(DenseAssignment.Least(frames, 15, 10), Total(layout), 1e-9);
        }
    }

    [Fact]
    public void Shows_no_frame_twice_and_fills_every_cell()
    {
        var layout = GridAssignment.Assign(Frames(3000, new Random(3), clumped: true), MapView.Whole, 30, 20, default);
        Assert.Equal(600, layout.Cells.Count);
        Assert.Equal(600, layout.Cells.Select(cell => cell.Frame).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 600).Select(i => (i % 30, i / 30)), layout.Cells.Select(cell => (cell.Column, cell.Row)));
    }

    [Fact]
    public void Comes_close_on_grids_too_large_for_the_exact_method()
    {
        var layout = GridAssignment.Assign(Frames(6000, new Random(4), clumped: false), MapView.Whole, 70, 60, default);
        Assert.Equal(4200, layout.Cells.Select(cell => cell.Frame).Distinct().Count());
        Assert.True(layout.Cells.Average(layout.Displacement) < 1.0 / 60, $"{layout.Cells.Average(layout.Displacement)}");
    }

    [Theory]
    [InlineData(11, 18, 198, 11, 18)]
    [InlineData(11, 18, 197, 11, 17)]
    [InlineData(11, 18, 100, 8, 12)]
    [InlineData(11, 18, 1, 1, 1)]
    [InlineData(1, 30, 7, 1, 7)]
    [InlineData(40, 2, 10, 10, 1)]
    public void Shrinks_to_about_the_same_shape_where_frames_are_few(
        int columns,
        int rows,
        int frames,
        int expectedColumns,
        int expectedRows
    )
    {
        var (c, r) = GridAssignment.Shrink(columns, rows, frames);
        Assert.True(c * r <= frames);
        Assert.InRange(c, expectedColumns - 1, expectedColumns + 1);
        Assert.InRange(r, expectedRows - 2, expectedRows + 2);
    }

    [Fact]
    public void Draws_only_what_is_in_the_window()
    {
        var frames = Frames(2000, new Random(5), clumped: false);
        var view = new MapView(0.25, 0.75, 0.3);
        var layout = GridAssignment.Assign(frames, view, 5, 5, default);
        Assert.All(layout.Cells, cell => Assert.True(view.Contains(cell.Frame.X, cell.Frame.Y)));
        Assert.True(layout.Cells.Average(layout.Displacement) < 0.1);
        var error = Assert.Throws<AtlasException>(() => GridAssignment.Assign([new(0, 0, 0, 0, 0.9, 0.9)], view, 5, 5, default));
        Assert.Contains("0.25,0.75", error.Message);
    }

    [Theory]
    [InlineData(30, 12, 9)]
    [InlineData(300, 70, 60)]
    public void Spreads_few_frames_over_a_grid_that_is_kept(int count, int columns, int rows)
    {
        var frames = Frames(count, new Random(8), clumped: false);
        var layout = GridAssignment.Scatter(frames, MapView.Whole, columns, rows, default);
        Assert.Equal((columns, rows, count), (layout.Columns, layout.Rows, layout.Cells.Select(cell => cell.Frame).Distinct().Count()));
        Assert.Equal(count, layout.Cells.Select(cell => (cell.Column, cell.Row)).Distinct().Count());
        Assert.True(layout.Cells.Average(layout.Displacement) < 1.0 / rows, $"{layout.Cells.Average(layout.Displacement)}");
    }

    [Fact]
    public void Keeps_films_together_that_lie_together()
    {
        var random = new Random(7);
        MapFrame[] frames =
        [
            .. Enumerable
                .Range(0, 900)
                .Select(i => new MapFrame(i % 9, 0, i, i, ((i % 3) + random.NextDouble()) / 3, ((i / 3 % 3) + random.NextDouble()) / 3)),
        ];
        var score = NeighbourScore.ByFilm(GridAssignment.Assign(frames, MapView.Whole, 12, 12, default));
        Assert.InRange(score.Shuffled, 0.08, 0.13);
        Assert.True(score.Ratio > 6, $"{score}");
        var shuffled = frames.Select(frame => frame with { FilmIndex = random.Next(9) }).ToArray();
        Assert.InRange(NeighbourScore.ByFilm(GridAssignment.Assign(shuffled, MapView.Whole, 12, 12, default)).Ratio, 0.6, 1.4);
    }

    internal static MapFrame[] Frames(int count, Random random, bool clumped) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    clumped
                        ? new MapFrame(i, 0, 0, 0, Math.Pow(random.NextDouble(), 3), Math.Pow(random.NextDouble(), 3))
                        : new MapFrame(i, 0, 0, 0, random.NextDouble(), random.NextDouble())
                ),
        ];

    private static double Total(GridLayout layout) => layout.Cells.Sum(cell => Math.Pow(layout.Displacement(cell), 2));

    private static double Exhaustive(MapFrame[] frames, int columns, int rows, int cell = 0, int used = 0)
    {
        if (cell == columns * rows)
        {
            return 0;
        }

        var best = double.PositiveInfinity;
        for (var i = 0; i < frames.Length; i++)
        {
            if ((used & (1 << i)) == 0)
            {
                var cost = DenseAssignment.Cost(frames[i], cell, columns, rows);
                best = Math.Min(best, cost + Exhaustive(frames, columns, rows, cell + 1, used | (1 << i)));
            }
        }

        return best;
    }
}

/// <summary>The Hungarian method in its plain O(cells² · frames) form, to compare with.</summary>
internal static class DenseAssignment
{
    public static double Cost(MapFrame frame, int cell, int columns, int rows) =>
        Math.Pow(frame.X - (((cell % columns) + 0.5) / columns), 2) + Math.Pow(frame.Y - (((cell / columns) + 0.5) / rows), 2);

    public static double Least(MapFrame[] frames, int columns, int rows)
    {
        var (n, m) = (columns * rows, frames.Length);
        var (u, v, match, way) = (new double[n + 1], new double[m + 1], new int[m + 1], new int[m + 1]);
        for (var i = 1; i <= n; i++)
        {
            match[0] = i;
            var j0 = 0;
            var least = Enumerable.Repeat(double.PositiveInfinity, m + 1).ToArray();
            var used = new bool[m + 1];
            do
            {
                used[j0] = true;
                var (i0, j1, delta) = (match[j0], 0, double.PositiveInfinity);
                for (var j = 1; j <= m; j++)
                {
                    if (!used[j])
                    {
                        var reduced = Cost(frames[j - 1], i0 - 1, columns, rows) - u[i0] - v[j];
                        (least[j], way[j]) = reduced < least[j] ? (reduced, j0) : (least[j], way[j]);
                        (delta, j1) = least[j] < delta ? (least[j], j) : (delta, j1);
                    }
                }

                for (var j = 0; j <= m; j++)
                {
                    if (used[j])
                    {
                        u[match[j]] += delta;
                        v[j] -= delta;
                    }
                    else
                    {
                        least[j] -= delta;
                    }
                }

                j0 = j1;
            } while (match[j0] != 0);

            for (; j0 != 0; j0 = way[j0])
            {
                match[j0] = match[way[j0]];
            }
        }

        return Enumerable.Range(1, m).Where(j => match[j] != 0).Sum(j => Cost(frames[j - 1], match[j] - 1, columns, rows));
    }
}
