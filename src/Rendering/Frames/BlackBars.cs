using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Frames;

/// <summary>The black bars around a film's picture, as shares of the frame's width and height, each in [0, 1).</summary>
/// <param name="Left">Share of the width.</param>
/// <param name="Top">Share of the height.</param>
/// <param name="Right">Share of the width.</param>
/// <param name="Bottom">Share of the height.</param>
public sealed record BlackBars(double Left, double Top, double Right, double Bottom)
{
    private const double Rounding = 1e-6;

    /// <summary>A picture that fills its frame.</summary>
    public static BlackBars None { get; } = new(0, 0, 0, 0);

    /// <summary>The picture inside the bars, at any size of the frame; pixels that are black in part are left out.</summary>
    public PixelRectangle Inside(int width, int height)
    {
        var (left, top) = ((int)Math.Ceiling((Left * width) - Rounding), (int)Math.Ceiling((Top * height) - Rounding));
        var right = Math.Max(left + 1, (int)Math.Floor(((1 - Right) * width) + Rounding));
        var bottom = Math.Max(top + 1, (int)Math.Floor(((1 - Bottom) * height) + Rounding));
        return new PixelRectangle(left, top, right - left, bottom - top);
    }

    /// <summary>A frame without its bars; the whole frame where it shows something where the others of its film have bars.</summary>
    public RgbImage Cut(RgbImage frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (this == None || !IsBlackAround(frame, Inside(frame.Width, frame.Height)))
        {
            return frame;
        }

        var inside = Inside(frame.Width, frame.Height);
        var picture = new RgbImage(inside.Width, inside.Height);
        for (var row = 0; row < inside.Height; row++)
        {
            frame
                .Span.Slice((((inside.Y + row) * frame.Width) + inside.X) * 3, inside.Width * 3)
                .CopyTo(picture.Span[(row * inside.Width * 3)..]);
        }

        return picture;
    }

    private static bool IsBlackAround(RgbImage frame, PixelRectangle inside)
    {
        // The last pixels before the picture are mixed with it, more of them the larger the frame is.
        var edge = Math.Max(3, frame.Height / 100);
        var (left, right) = (inside.X - edge, inside.X + inside.Width + edge);
        var (top, bottom) = (inside.Y - edge, inside.Y + inside.Height + edge);
        PixelRectangle[] bars =
        [
            new(0, 0, left, frame.Height),
            new(right, 0, frame.Width - right, frame.Height),
            new(0, 0, frame.Width, top),
            new(0, bottom, frame.Width, frame.Height - bottom),
        ];
        const double Most = 0.02;
        return bars.Where(bar => bar is { Width: > 0, Height: > 0 }).All(bar => Light.Count(frame, bar) <= Most * bar.Width * bar.Height);
    }
}
