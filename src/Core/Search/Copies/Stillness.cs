using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Whether there is anything to compare: movement in a film, anything to see in a photo.</summary>
internal static class Stillness
{
    private const int Side = 12;

    /// <summary>True for a film in which nothing moves for longer than noise does, and for a plain photo.</summary>
    public static bool IsStill(Thumbnails film, bool isPhoto)
    {
        if (isPhoto)
        {
            return PictureHash.Of(film[0], PictureView.Whole) is null;
        }

        var looks = film.Look(PictureView.Whole, Side);
        return MovementRun.Best(looks, looks, Side * Side, film.Step) is null;
    }
}
