using OrleansAtlas.Imaging;

namespace OrleansAtlas.Web.Tiles;

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
