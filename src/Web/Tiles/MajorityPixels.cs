using OrleansAtlas.Imaging;

namespace OrleansAtlas.Web.Tiles;

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
