namespace OrleansAtlas.Search.Pictures;

/// <summary>A part of a picture, as shares of its sides, and how it is turned when it is read.</summary>
internal readonly record struct PictureView(double Left, double Top, double Width, double Height, PictureTurn Turn = PictureTurn.None)
{
    // A view that shows this much is not called a crop: pictures are a few dozen pixels wide.
    private const double AllButEdges = 0.96;

    /// <summary>How far it leans: what it shows at (u, v) it shows without at (u + Across (v - 1/2), v + Down (u - 1/2)). A photo that was
    /// straightened by 1 degree leans by a hundredth or two.</summary>
    public (double Across, double Down) Lean { get; init; }

    /// <summary>Degrees that it is turned by, whatever the shape of the picture; 0 where it leans as no turned picture does.</summary>
    public double Degrees => Lean.Across * Lean.Down < 0 ? Math.Sqrt(-Lean.Across * Lean.Down) * 180 / Math.PI : 0;

    /// <summary>The whole picture.</summary>
    public static PictureView Whole { get; } = new(0, 0, 1, 1);

    /// <summary>Whether it is clearly a part only.</summary>
    public bool IsPart => Width < AllButEdges || Height < AllButEdges;

    /// <summary>Share of the picture that it shows.</summary>
    public double Area => Width * Height;

    /// <summary>A part of these shares of the sides, and how far to the right and down it is, 0 to 1.</summary>
    public static PictureView Part(double right, double down, double width, double height) =>
        new(right * (1 - width), down * (1 - height), width, height);

    /// <summary>A part of this part.</summary>
    public PictureView Inside(PictureView outer) =>
        this with
        {
            Left = outer.Left + (Left * outer.Width),
            Top = outer.Top + (Top * outer.Height),
            Width = Width * outer.Width,
            Height = Height * outer.Height,
        };

    /// <summary>The view that shows, at each place (u, v), what this one shows at (across + u * wide, down + v * high).</summary>
    public PictureView Moved(double across, double wide, double down, double high)
    {
        (across, down) = (across + (Lean.Across * (down + (high / 2) - 0.5)), down + (Lean.Down * (across + (wide / 2) - 0.5)));
        var (x, y) = Turn.HasFlag(PictureTurn.Transposed) ? ((down, high), (across, wide)) : ((across, wide), (down, high));
        var lean = (Lean.Across * high / wide, Lean.Down * wide / high);
        var (left, width) = Turn.HasFlag(PictureTurn.Mirrored) ? (1 - x.Item1 - x.Item2, x.Item2) : x;
        var (top, height) = Turn.HasFlag(PictureTurn.Flipped) ? (1 - y.Item1 - y.Item2, y.Item2) : y;
        return new PictureView(left, top, width, height, Turn).Inside(this) with { Lean = lean };
    }

    /// <summary>Reads a grey picture of <see cref="Thumbnails"/>' size: each pixel is the mean of two by two places in its cell, between
    /// pixels bilinear.</summary>
    public void Read(ReadOnlySpan<byte> grey, int columns, int rows, Span<float> target)
    {
        const int Points = 2;
        Span<float> us = stackalloc float[Points * columns];
        Span<float> vs = stackalloc float[Points * rows];
        var transposed = Turn.HasFlag(PictureTurn.Transposed);
        Places(
            us,
            transposed ? Turn.HasFlag(PictureTurn.Flipped) : Turn.HasFlag(PictureTurn.Mirrored),
            transposed ? (Top, Height) : (Left, Width)
        );
        Places(
            vs,
            transposed ? Turn.HasFlag(PictureTurn.Mirrored) : Turn.HasFlag(PictureTurn.Flipped),
            transposed ? (Left, Width) : (Top, Height)
        );
        var across = (float)Lean.Across * (us[^1] - us[0]) * us.Length / (us.Length - 1);
        var down = (float)Lean.Down * (vs[^1] - vs[0]) * vs.Length / (vs.Length - 1);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var sum = 0f;
                for (var point = 0; point < Points * Points; point++)
                {
                    var (i, j) = ((x * Points) + (point % Points), (y * Points) + (point / Points));
                    var u = Within(us[i] + (across * (((j + 0.5f) / vs.Length) - 0.5f)));
                    var v = Within(vs[j] + (down * (((i + 0.5f) / us.Length) - 0.5f)));
                    sum += transposed ? At(grey, v, u) : At(grey, u, v);
                }

                target[(y * columns) + x] = sum / (Points * Points);
            }
        }
    }

    /// <summary>Pixels, not whole ones, that the cells' points lie at along one side.</summary>
    private static void Places(Span<float> places, bool turned, (double From, double Length) side)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var share = (i + 0.5) / places.Length;
            var at = side.From + (side.Length * (turned ? 1 - share : share));
            places[i] = (float)((at * Thumbnails.Side) - 0.5);
        }
    }

    private static float Within(float place) => Math.Clamp(place, 0, Thumbnails.Side - 1.001f);

    private static float At(ReadOnlySpan<byte> grey, float x, float y)
    {
        var (left, top) = ((int)x, (int)y);
        var (a, b) = (x - left, y - top);
        var at = (top * Thumbnails.Side) + left;
        var upper = grey[at] + (a * (grey[at + 1] - grey[at]));
        var lower = grey[at + Thumbnails.Side] + (a * (grey[at + Thumbnails.Side + 1] - grey[at + Thumbnails.Side]));
        return upper + (b * (lower - upper));
    }
}
