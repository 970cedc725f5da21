using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Finds bars around a picture: letterboxes, pillarboxes and plain frames.</summary>
internal static class PictureBorders
{
    // Grey levels that a row of a bar may spread by, after compression.
    private const int Spread = 10;
    private const int FramesLookedAt = 32;

    // What is left must be a picture; a letterbox of a film that has one already leaves less than half.
    private const int LeastLeft = Thumbnails.Side / 4;

    /// <summary>The part of the picture that is no bar in any frame; the whole where there are no bars.</summary>
    public static PictureView Content(Thumbnails film) => Content(film, 0, film.Count);

    /// <summary>The same of the frames from one up to another, which is not looked at any more.</summary>
    public static PictureView Content(Thumbnails film, int from, int to)
    {
        var count = Math.Min(to - from, FramesLookedAt);
        var frames = Enumerable.Range(0, count).Select(i => from + (int)((long)i * (to - from) / count)).ToArray();
        var (top, bottom) = Sides(film, frames, Thumbnails.Side, 1);
        var (left, right) = Sides(film, frames, 1, Thumbnails.Side);
        var (width, height) = (Thumbnails.Side - left - right, Thumbnails.Side - top - bottom);
        return width < LeastLeft || height < LeastLeft || (left + right + top + bottom == 0)
            ? PictureView.Whole
            : new PictureView(
                (double)left / Thumbnails.Side,
                (double)top / Thumbnails.Side,
                (double)width / Thumbnails.Side,
                (double)height / Thumbnails.Side
            );
    }

    private static (int Before, int After) Sides(Thumbnails film, int[] frames, int line, int along)
    {
        var level = film.Grey[frames[0] * Thumbnails.Size];
        var before = 0;
        while (before < Thumbnails.Side - LeastLeft && IsBar(before))
        {
            before++;
        }

        var after = 0;
        level = film.Grey[((frames[0] + 1) * Thumbnails.Size) - 1];
        while (after < Thumbnails.Side - LeastLeft && IsBar(Thumbnails.Side - 1 - after))
        {
            after++;
        }

        // One line beside a bar is half bar, half picture.
        return (before > 0 ? before + 1 : 0, after > 0 ? after + 1 : 0);

        bool IsBar(int number)
        {
            foreach (var frame in frames)
            {
                var grey = film[frame];
                for (var i = 0; i < Thumbnails.Side; i++)
                {
                    if (Math.Abs(grey[(number * line) + (i * along)] - level) > Spread)
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}
