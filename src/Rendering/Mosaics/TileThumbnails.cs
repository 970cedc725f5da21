using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Frames;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Keeps a thumbnail of every frame that passes, to say afterwards how many different pictures there were.</summary>
/// <param name="frames">Gives the frames.</param>
internal sealed class TileThumbnails(IFrameSource frames) : IFrameSource
{
    private const int Columns = 16;
    private const int Rows = 9;

    /// <summary>Mean difference of two pictures that look alike, of 255.</summary>
    private const int Alike = 6;

    private readonly ConcurrentDictionary<MapFrame, byte[]> _thumbnails = new();

    /// <inheritdoc/>
    public async Task<RgbImage> ReadAsync(MapFrame frame, int width, int height, CancellationToken cancellationToken)
    {
        var image = await frames.ReadAsync(frame, width, height, cancellationToken).ConfigureAwait(false);
        _thumbnails[frame] = Of(image);
        return image;
    }

    /// <summary>How many different pictures a layout shows whose frames have all passed.</summary>
    public MosaicVariety Variety(GridLayout layout)
    {
        var distinct = new List<byte[]>();
        foreach (var thumbnail in layout.Cells.Select(cell => _thumbnails[cell.Frame]))
        {
            if (!distinct.Exists(other => AreAlike(thumbnail, other)))
            {
                distinct.Add(thumbnail);
            }
        }

        return new MosaicVariety(layout.Cells.Count, distinct.Count);
    }

    /// <summary>Means of <c>[9, 16]</c> fields of the picture, whatever its shape, three colours each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Long loops: there is no time to find out by running them.
    private static byte[] Of(RgbImage image)
    {
        var thumbnail = new byte[Columns * Rows * 3];
        for (var field = 0; field < Columns * Rows; field++)
        {
            var (left, right) = Part(image.Width, field % Columns, Columns);
            var (top, bottom) = Part(image.Height, field / Columns, Rows);
            Span<int> sum = [0, 0, 0];
            for (var y = top; y < bottom; y++)
            {
                for (var at = ((y * image.Width) + left) * 3; at < ((y * image.Width) + right) * 3; at += 3)
                {
                    sum[0] += image.Pixels[at];
                    sum[1] += image.Pixels[at + 1];
                    sum[2] += image.Pixels[at + 2];
                }
            }

            for (var colour = 0; colour < 3; colour++)
            {
                thumbnail[(field * 3) + colour] = (byte)(sum[colour] / ((right - left) * (bottom - top)));
            }
        }

        return thumbnail;
    }

    private static (int From, int To) Part(int length, int index, int count)
    {
        var from = length * index / count;
        return (Math.Min(from, length - 1), Math.Max(length * (index + 1) / count, Math.Min(from, length - 1) + 1));
    }

    private static bool AreAlike(byte[] a, byte[] b)
    {
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += Math.Abs(a[i] - b[i]);
        }

        return sum < Alike * a.Length;
    }
}
