using OrleansAtlas.Search.Copies;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Tests;

/// <summary>Which films and photos are found to show the same, and how.</summary>
public sealed class CopySearchTests
{
    private static readonly Thumbnails Original = new Scene(7).Film(0, 8);

    [Fact]
    public async Task A_piece_is_found_at_its_offset()
    {
        var match = await OnlyAsync(Original, new Scene(7).Film(3.06, 3));
        Assert.Equal(CopyKind.Part, match.Kind);
        Assert.InRange(match.AStart - match.BStart, 2.96, 3.16);
        Assert.InRange(match.Seconds, 2.5, 3.1);
    }

    // The film that is cut a little beyond what both show, whichever comes first, is not taken for one at another tempo.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_part_of_another_film_is_found_with_its_beginning_and_end_at_its_tempo(bool originalFirst)
    {
        var (before, after) = (new Scene(90, 2).Film(0, 5), new Scene(91, 3).Film(0, 4));
        var joined = Scene.Joined(before, new Scene(7).Film(2, 4), after);
        var match = originalFirst ? await OnlyAsync(Original, joined) : await OnlyAsync(joined, Original);
        Assert.Equal(CopyKind.Part, match.Kind);
        Assert.InRange((match.AStart - match.BStart) * (originalFirst ? 1 : -1), -3.2, -2.8);
        Assert.InRange(match.Seconds, 3.3, 4.3);
        Assert.InRange(match.Tempo, 0.99, 1.01);
    }

    [Theory]
    [InlineData(1.04, "4 % faster")]
    [InlineData(1.1, "10 % faster")]
    [InlineData(0.96, "4 % slower")]
    public async Task Another_tempo_is_found_and_said(double tempo, string word)
    {
        var match = await OnlyAsync(Original, new Scene(7).Film(0, 7, tempo));
        Assert.Equal(CopyKind.Retimed, match.Kind);
        Assert.InRange(match.Tempo, tempo - 0.01, tempo + 0.01);
        Assert.Contains(word, match.How);
    }

    [Theory]
    [InlineData((int)PictureTurn.Mirrored, CopyKind.Mirrored)]
    [InlineData((int)PictureTurn.Half, CopyKind.Turned)]
    [InlineData((int)(PictureTurn.Transposed | PictureTurn.Mirrored), CopyKind.Turned)]
    [InlineData((int)(PictureTurn.Transposed | PictureTurn.Flipped), CopyKind.Turned)]
    public async Task A_turned_film_and_photo_are_found_and_called_so(int turn, CopyKind kind)
    {
        var view = PictureView.Whole with { Turn = (PictureTurn)turn };
        Assert.Equal(kind, (await OnlyAsync(Original, new Scene(7).Film(0, 8, view: view))).Kind);
        Assert.Equal(kind, (await OnlyAsync(Photo(7), Photo(7, view), photos: true)).Kind);
    }

    [Theory]
    [InlineData(0.125, 0.125, 0.75)]
    [InlineData(0.25, 0, 0.75)]
    [InlineData(0.03, 0.07, 0.9)]
    public async Task A_crop_is_found_wherever_it_is(double left, double top, double share)
    {
        var view = new PictureView(left, top, share, share);
        Assert.Equal(CopyKind.Cropped, (await OnlyAsync(Original, new Scene(7).Film(0, 8, view: view))).Kind);
        Assert.Equal(CopyKind.Cropped, (await OnlyAsync(Photo(7), Photo(7, view), photos: true)).Kind);
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(0.25, 0.6)] // bars around bars leave less than half
    public async Task Bars_are_cut_away_and_said(double before, double after)
    {
        var match = await OnlyAsync(new Scene(7).Film(0, 8, bars: before), new Scene(7).Film(0, 8, bars: after));
        Assert.Equal(CopyKind.Bordered, match.Kind);
        Assert.True(match.Score > 0.95, $"{match}");
    }

    [Fact]
    public async Task A_negative_is_found_and_called_so() =>
        Assert.Equal(CopyKind.Negative, (await OnlyAsync(Original, new Scene(7).Film(0, 8, negative: true))).Kind);

    [Fact]
    public async Task Other_movements_over_the_same_background_are_no_copies()
    {
        var report = await FindAsync([.. Enumerable.Range(0, 8).Select(seed => new Scene(30 + seed).Film(0, 4))], false);
        Assert.Empty(report.Copies);
        Assert.Equal(8, report.Films);
    }

    [Fact]
    public async Task Films_that_only_cut_at_the_same_times_are_no_copies()
    {
        // White between black bars in the middle of a picture of its own: the cuts move more than anything else.
        Thumbnails Film(int seed) => Scene.Joined(new Scene(seed, seed).Film(0, 1), White(4), new Scene(seed, seed).Film(5, 1));
        Assert.Empty((await FindAsync([Film(41), Film(42), Film(43)], false)).Copies);
        Assert.Single((await FindAsync([Film(41), Film(41)], false)).Copies);
    }

    [Fact]
    public async Task From_less_than_three_seconds_no_tempo_is_told() =>
        Assert.All((await FindAsync([Original, new Scene(7).Film(1, 2.5, 1.1)], false)).Copies, copy => Assert.Equal(1, copy.Tempo));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-3, 1.5)]
    [InlineData(4, 0.75)]
    public async Task A_photo_that_was_straightened_and_cropped_is_found_and_the_angle_said(double degrees, double shape)
    {
        var angle = degrees * Math.PI / 180;
        var view = PictureView.Part(0.5, 0.5, 0.9, 0.9) with { Lean = (-angle / shape, angle * shape) };
        var match = await OnlyAsync(Photo(7), Photo(7, view), photos: true);
        Assert.Equal(CopyKind.Straightened, match.Kind);
        Assert.InRange(match.Degrees, Math.Abs(degrees) - 0.3, Math.Abs(degrees) + 0.3);
        Assert.Contains("cropped", match.How, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_that_was_not_straightened_is_not_said_to_be()
    {
        var match = await OnlyAsync(Photo(7), Photo(7, PictureView.Part(0.3, 0.6, 0.8, 0.8)), photos: true);
        Assert.Equal((CopyKind.Cropped, 0.0), (match.Kind, match.Degrees));
    }

    [Fact]
    public async Task Photos_of_one_kind_are_no_copies()
    {
        var report = await FindAsync([.. Enumerable.Range(0, 12).Select(seed => Photo(60 + seed))], true);
        Assert.Empty(report.Copies);
        Assert.Equal(12, report.Photos);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_said()
    {
        var still = Scene.Joined([.. Enumerable.Repeat(new Scene(5).Film(1, 0.125), 30)]);
        var plain = new Thumbnails([0], new byte[Thumbnails.Size]);
        var subjects = new List<CopySubject>
        {
            new("still", false, _ => Task.FromResult(new FilmThumbnails(still, null))),
            new("gone", false, _ => Task.FromResult(new FilmThumbnails(Original, "its file is gone"))),
            new("plain", true, _ => Task.FromResult(new FilmThumbnails(plain, null))),
        };
        var report = await new CopySearch(subjects).FindAsync(CopyFinder.UsualLeast, TestContext.Current.CancellationToken);
        Assert.Equal(["plain", "still"], report.Still);
        Assert.Equal(new CoarseFilm("gone", "its file is gone"), Assert.Single(report.Coarse));
        Assert.Empty(report.Copies);
    }

    /// <summary>A white picture between black bars.</summary>
    private static Thumbnails White(double seconds)
    {
        var picture = new byte[Thumbnails.Size];
        for (var at = 0; at < picture.Length; at++)
        {
            picture[at] = (byte)(at % Thumbnails.Side is < 8 or > 39 ? 0 : 255);
        }

        var count = (int)(seconds * 8);
        return new Thumbnails(
            [.. Enumerable.Range(0, count).Select(i => i / 8.0)],
            [.. Enumerable.Repeat(picture, count).SelectMany(pixels => pixels)]
        );
    }

    private static Thumbnails Photo(int seed, PictureView? view = null) => new Scene(seed).Film(0, 0.125, view: view);

    private static async Task<CopyMatch> OnlyAsync(Thumbnails a, Thumbnails b, bool photos = false) =>
        Assert.Single((await FindAsync([a, b], photos)).Copies);

    private static Task<CopyReport> FindAsync(IReadOnlyList<Thumbnails> all, bool photos)
    {
        var subjects = all.Select((film, i) => new CopySubject($"{i}", photos, _ => Task.FromResult(new FilmThumbnails(film, null))));
        return new CopySearch([.. subjects]).FindAsync(CopyFinder.UsualLeast, TestContext.Current.CancellationToken);
    }
}
