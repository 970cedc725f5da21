using System.Numerics;
using OrleansAtlas.Search.Copies;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Tests;

public sealed class PictureHashTests
{
    private static readonly Thumbnails Photo = new Scene(3).Film(0, 0.125);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Turning_the_hash_is_the_hash_of_the_turned_picture(int turn)
    {
        var view = PictureView.Whole with { Turn = (PictureTurn)turn };
        var read = PictureHash.Of(Photo[0], view)!.Value;
        var turned = PictureHash.Of(Photo[0], PictureView.Whole)!.Value.Turned((PictureTurn)turn, 1);
        Assert.All(read.Shares.Zip(turned.Shares), pair => Assert.Equal(pair.First, pair.Second, 4));
    }

    [Fact]
    public void A_negative_has_all_signs_exchanged()
    {
        var hash = PictureHash.Of(Photo[0], PictureView.Whole)!.Value;
        var different = BitOperations.PopCount(hash.Bits ^ hash.Turned(PictureTurn.None, -1).Bits);
        Assert.Equal(PictureHash.Count - 1, different);
    }

    [Fact]
    public void A_plain_picture_has_none() => Assert.Null(PictureHash.Of(new byte[Thumbnails.Size], PictureView.Whole));

    [Fact]
    public void A_hash_is_found_by_one_that_is_nearly_the_same_among_many()
    {
        var hashes = Enumerable
            .Range(0, 400)
            .Select(seed => PictureHash.Of(new Scene(seed, seed).Film(0, 0.125)[0], PictureView.Whole)!.Value)
            .ToList();
        var asked = PictureHash.Of(new Scene(123, 123).Film(0.05, 0.125)[0], PictureView.Whole)!.Value;
        var found = new Dictionary<int, float>();
        new HashIndex(hashes).Search(asked, 0.8f, (entry, cosine) => found[entry] = cosine);
        Assert.Equal(123, found.MaxBy(hit => hit.Value).Key);
    }

    [Fact]
    public void The_part_that_is_shown_is_found_from_a_guess()
    {
        var copy = new Scene(3).Film(0, 0.125, view: new PictureView(0.2, 0.1, 0.75, 0.8));
        var (view, _, correlation) = PictureRegistration.Lay(Photo[0], new PictureView(0.23, 0.06, 0.72, 0.84), copy[0], PictureView.Whole);
        Assert.True(correlation > 0.99, $"{correlation}");
        Assert.InRange(view.Left, 0.18, 0.22);
        Assert.InRange(view.Top, 0.08, 0.12);
        Assert.InRange(view.Width, 0.73, 0.77);
        Assert.InRange(view.Height, 0.78, 0.82);
    }
}
