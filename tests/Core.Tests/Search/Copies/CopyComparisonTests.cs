using OrleansAtlas.Numerics;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Copies;

namespace OrleansAtlas.Tests;

/// <summary>A bright spot that moves over a still background, as small grey pictures.</summary>
public sealed class CopyComparisonTests
{
    [Fact]
    public void The_same_movement_is_found_at_its_offset()
    {
        var film = Film(60, 1);
        var run = Best(film, Cut(film, 17, 20));
        Assert.True(run!.Run.Correlation > 0.99);
        Assert.Equal(17 * 0.2, run.FromA - run.FromB, 3);
        Assert.Equal(4, run.Seconds, 3);
    }

    [Fact]
    public void A_mirrored_film_is_found_and_called_so()
    {
        var film = Film(30, 2);
        var run = Best(film, Mirrored(film));
        Assert.True(run!.Run.Correlation > 0.95);
        Assert.True(run.ViewB.Mirrored);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    public void A_copy_whose_frames_were_kept_at_other_moments_is_found(double later)
    {
        var run = Best(Moving(15, 0), Moving(15, later));
        Assert.True(run!.Run.Correlation >= CopyFinder.UsualLeast, $"{run.Run.Correlation}");
    }

    [Fact]
    public void The_same_background_with_another_movement_is_no_copy()
    {
        for (var seed = 10; seed < 20; seed++)
        {
            Assert.False(
                Best(Film(30, seed), Film(30, seed + 100)) is { } run
                    && run.Run.Correlation >= CopyFinder.Needed(CopyFinder.UsualLeast, run.Run.Count)
            );
        }
    }

    [Fact]
    public void Two_films_in_which_nothing_moves_say_nothing()
    {
        var still = Cut(Film(1, 3), 0, 1).Grey;
        var film = new Thumbnails(
            [.. Enumerable.Range(0, 20).Select(i => i * 0.2)],
            [.. Enumerable.Repeat(still, 20).SelectMany(frame => frame)]
        );
        Assert.Null(Best(film, film));
    }

    private static CopyRun? Best(Thumbnails a, Thumbnails b) =>
        CopyComparison.Best(new CopyPiece(ClipOf(a), a), new CopyPiece(ClipOf(b), b));

    private static Clip ClipOf(Thumbnails frames) => new("", 0, frames.Times, new float[frames.Count], new float[2 * frames.Count], 0);

    private static Thumbnails Film(int count, int seed)
    {
        var random = new Xoshiro256(seed);
        var (x, y) = (random.NextSingle(), random.NextSingle());
        return Spot(
            count,
            _ =>
                (x, y) = (
                    Math.Clamp(x + (0.15f * random.NextGaussian()), 0.1f, 0.9f),
                    Math.Clamp(y + (0.15f * random.NextGaussian()), 0.1f, 0.9f)
                )
        );
    }

    /// <summary>A spot that moves evenly, seen every fifth of a second from a moment on.</summary>
    private static Thumbnails Moving(int count, double from) =>
        Spot(
            count,
            frame =>
                (
                    (float)(0.5 + (0.35 * Math.Sin(1.95 * (from + (frame * 0.2))))),
                    (float)(0.5 + (0.35 * Math.Sin(1 + (3.05 * (from + (frame * 0.2))))))
                )
        );

    private static Thumbnails Spot(int count, Func<int, (float X, float Y)> place)
    {
        var grey = new byte[count * Thumbnails.Size];
        for (var frame = 0; frame < count; frame++)
        {
            var (x, y) = place(frame);
            for (var i = 0; i < Thumbnails.Size; i++)
            {
                var (px, py) = (i % Thumbnails.Width / (float)Thumbnails.Width, i / Thumbnails.Width / (float)Thumbnails.Height);
                var spot = 150 * MathF.Exp(-(((px - x) * (px - x)) + ((py - y) * (py - y))) / 0.01f);
                grey[(frame * Thumbnails.Size) + i] = (byte)(40 + (60 * px) + spot);
            }
        }

        return new Thumbnails([.. Enumerable.Range(0, count).Select(i => i * 0.2)], grey);
    }

    private static Thumbnails Cut(Thumbnails film, int first, int count) =>
        new(film.Times[..count], film.Grey[(first * Thumbnails.Size)..((first + count) * Thumbnails.Size)]);

    private static Thumbnails Mirrored(Thumbnails film) =>
        film with
        {
            Grey = [.. film.Grey.Chunk(Thumbnails.Width).SelectMany(row => row.Reverse())],
        };
}
