using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Rendering.Sheets;

namespace OrleansAtlas.Tests;

public sealed class ClipSheetLayoutTests
{
    [Fact]
    public void Photos_stand_in_rows_close_to_each_other_and_no_sheet_is_mostly_empty()
    {
        var photos = new ClipSheetLayout(13, 1);
        var row = photos.Tile(0, 0).Height + ClipSheetLayout.HeadHeight + ClipSheetLayout.Margin;
        Assert.InRange(photos.Tile(10, 0).Y - photos.Tile(0, 0).Y, row, row + 10);
        Assert.Equal(new ClipSheetLayout(10, 200).Height, photos.Height);
        var films = new ClipSheetLayout(13, 200);
        Assert.Equal(8, films.Frames);
        Assert.True(films.Tile(12, 7).Y + films.Tile(12, 7).Height <= films.Height);
    }

    [Fact]
    public void Frames_that_stand_for_a_film_are_neither_its_first_nor_its_last()
    {
        Assert.Equal([6, 18, 31, 43, 56, 68, 81, 93], Spread.Middles(100, 8));
        Assert.Equal([0, 1, 2], Spread.Middles(3, 8));
    }
}
