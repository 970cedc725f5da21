using OrleansAtlas.Imaging;

namespace OrleansAtlas.Web.Tiles;

/// <summary>The pixels of a tile of points while they are gathered.</summary>
internal interface IPointPixels
{
    /// <summary>A point covers a pixel, wholly (1) or in part.</summary>
    void Add(int pixel, Rgb colour, float covered);

    /// <summary><c>[height, width, 4]</c>; the more points there are, the less shines through.</summary>
    byte[] Rgba();
}

/// <summary>Each pixel has the mean colour of what covers it.</summary>
internal sealed class MeanPixels(TileSize size) : IPointPixels
{
    private readonly float[] _sums = new float[size.Width * size.Height * 4];

    public void Add(int pixel, Rgb colour, float covered)
    {
        var at = 4 * pixel;
        _sums[at] += colour.R * covered;
        _sums[at + 1] += colour.G * covered;
        _sums[at + 2] += colour.B * covered;
        _sums[at + 3] += covered;
    }

    public byte[] Rgba()
    {
        var bytes = new byte[_sums.Length];
        for (var at = 0; at < _sums.Length; at += 4)
        {
            if (_sums[at + 3] is > 0 and var weight)
            {
                for (var band = 0; band < 3; band++)
                {
                    bytes[at + band] = (byte)Math.Min(255, (_sums[at + band] / weight) + 0.5f);
                }

                bytes[at + 3] = Opacity(weight);
            }
        }

        return bytes;
    }

    internal static byte Opacity(float weight) => (byte)(255 * (1 - MathF.Exp(-2.5f * weight)));
}

/// <summary>Each pixel has the colour of most points on it, where one is of more than half; else that of one of them (the majority vote of
/// Boyer and Moore, 1991).</summary>
internal sealed class MajorityPixels(TileSize size) : IPointPixels
{
    private readonly Rgb[] _colours = new Rgb[size.Width * size.Height];
    private readonly int[] _leads = new int[size.Width * size.Height];
    private readonly int[] _points = new int[size.Width * size.Height];

    public void Add(int pixel, Rgb colour, float covered)
    {
        _points[pixel]++;
        if (_leads[pixel] == 0)
        {
            (_colours[pixel], _leads[pixel]) = (colour, 1);
        }
        else
        {
            _leads[pixel] += _colours[pixel] == colour ? 1 : -1;
        }
    }

    public byte[] Rgba()
    {
        var bytes = new byte[_points.Length * 4];
        for (var pixel = 0; pixel < _points.Length; pixel++)
        {
            if (_points[pixel] > 0)
            {
                var (at, colour) = (4 * pixel, _colours[pixel]);
                (bytes[at], bytes[at + 1], bytes[at + 2]) = (colour.R, colour.G, colour.B);
                bytes[at + 3] = MeanPixels.Opacity(_points[pixel]);
            }
        }

        return bytes;
    }
}
