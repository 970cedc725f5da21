using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Drawing;

/// <summary>Draws on a picture with smooth edges. Coordinates are pixels, a pixel's centre being at half; what lies outside is left
/// out.</summary>
/// <param name="image">The picture that is drawn on.</param>
public sealed class Canvas(RgbImage image)
{
    /// <summary>A canvas of one colour.</summary>
    public Canvas(int width, int height, Rgb background)
        : this(new RgbImage(width, height)) => Fill(background);

    /// <summary>The picture.</summary>
    public RgbImage Image { get; } = image;

    /// <summary>Paints everything.</summary>
    public void Fill(Rgb colour) => Rectangle(new PixelRectangle(0, 0, Image.Width, Image.Height), colour);

    /// <summary>Paints whole pixels.</summary>
    public void Rectangle(PixelRectangle area, Rgb colour, double alpha = 1)
    {
        for (var y = Math.Max(0, area.Y); y < Math.Min(Image.Height, area.Y + area.Height); y++)
        {
            for (var x = Math.Max(0, area.X); x < Math.Min(Image.Width, area.X + area.Width); x++)
            {
                Blend(x, y, colour, alpha);
            }
        }
    }

    /// <summary>Paints a frame of this thickness inside a rectangle.</summary>
    public void Frame(PixelRectangle area, Rgb colour, int thickness)
    {
        Rectangle(area with { Height = thickness }, colour);
        Rectangle(area with { Y = area.Y + area.Height - thickness, Height = thickness }, colour);
        Rectangle(area with { Y = area.Y + thickness, Width = thickness, Height = area.Height - (2 * thickness) }, colour);
        Rectangle(new(area.X + area.Width - thickness, area.Y + thickness, thickness, area.Height - (2 * thickness)), colour);
    }

    /// <summary>Paints a disc.</summary>
    public void Disc(double x, double y, double radius, Rgb colour, double alpha = 1) =>
        Shape(
            x - radius,
            y - radius,
            x + radius,
            y + radius,
            colour,
            alpha,
            (px, py) => radius - Math.Sqrt(Square(px - x) + Square(py - y))
        );

    /// <summary>Paints a line with round ends.</summary>
    public void Line(double x1, double y1, double x2, double y2, double thickness, Rgb colour, double alpha = 1)
    {
        var (dx, dy, half) = (x2 - x1, y2 - y1, thickness / 2);
        var length = Square(dx) + Square(dy);
        Shape(
            Math.Min(x1, x2) - half,
            Math.Min(y1, y2) - half,
            Math.Max(x1, x2) + half,
            Math.Max(y1, y2) + half,
            colour,
            alpha,
            (px, py) =>
            {
                var along = length == 0 ? 0 : Math.Clamp((((px - x1) * dx) + ((py - y1) * dy)) / length, 0, 1);
                return half - Math.Sqrt(Square(px - x1 - (along * dx)) + Square(py - y1 - (along * dy)));
            }
        );
    }

    /// <summary>Paints drawn text with its box's top left corner at a pixel.</summary>
    public void Text(TextMask text, int x, int y, Rgb colour)
    {
        for (var i = 0; i < text.Coverage.Length; i++)
        {
            var (px, py) = (x + (i % text.Width), y + (i / text.Width));
            if (text.Coverage[i] > 0 && px >= 0 && py >= 0 && px < Image.Width && py < Image.Height)
            {
                Blend(px, py, colour, text.Coverage[i] / 255.0);
            }
        }
    }

    /// <summary>Copies a picture with its top left corner at a pixel.</summary>
    public void Picture(RgbImage picture, int x, int y)
    {
        var (left, right) = (Math.Max(0, x), Math.Min(Image.Width, x + picture.Width));
        for (var row = Math.Max(0, -y); row < picture.Height && y + row < Image.Height && left < right; row++)
        {
            picture
                .Span.Slice(((row * picture.Width) + left - x) * 3, (right - left) * 3)
                .CopyTo(Image.Span[((((y + row) * Image.Width) + left) * 3)..]);
        }
    }

    /// <summary>Paints a shape by the depth of a pixel's centre inside it: at its edge a pixel is half covered.</summary>
    private void Shape(double left, double top, double right, double bottom, Rgb colour, double alpha, Func<double, double, double> depth)
    {
        var (from, to) = ((int)Math.Max(0, Math.Floor(left - 1)), (int)Math.Min(Image.Width - 1, Math.Ceiling(right + 1)));
        for (var y = (int)Math.Max(0, Math.Floor(top - 1)); y <= Math.Min(Image.Height - 1, Math.Ceiling(bottom + 1)); y++)
        {
            for (var x = from; x <= to; x++)
            {
                var coverage = Math.Clamp(depth(x + 0.5, y + 0.5) + 0.5, 0, 1);
                if (coverage > 0)
                {
                    Blend(x, y, colour, alpha * coverage);
                }
            }
        }
    }

    private void Blend(int x, int y, Rgb colour, double alpha)
    {
        var pixel = Image.Pixels.AsSpan(((y * Image.Width) + x) * 3, 3);
        pixel[0] = (byte)(pixel[0] + ((colour.R - pixel[0]) * alpha) + 0.5);
        pixel[1] = (byte)(pixel[1] + ((colour.G - pixel[1]) * alpha) + 0.5);
        pixel[2] = (byte)(pixel[2] + ((colour.B - pixel[2]) * alpha) + 0.5);
    }

    private static double Square(double x) => x * x;
}
