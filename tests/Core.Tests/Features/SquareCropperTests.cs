using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Features;

public sealed class SquareCropperTests
{
    private const int Side = 32;

    [Theory]
    [InlineData(96, 32)]
    [InlineData(32, 96)]
    public void Takes_both_ends_of_a_long_frame(int width, int height)
    {
        var frame = Frame(
            width,
            height,
            (x, y) =>
                (byte)(
                    x < 32 && y < 32 ? 200
                    : x >= width - 32 && y >= height - 32 ? 50
                    : 0
                )
        );
        var squares = Crop(frame);
        Assert.All(squares.AsSpan(0, Side * Side * 3).ToArray(), value => Assert.Equal(200, value));
        Assert.All(squares.AsSpan(Side * Side * 3).ToArray(), value => Assert.Equal(50, value));
    }

    [Fact]
    public void Squares_of_a_nearly_square_frame_overlap()
    {
        var squares = Crop(Frame(40, 32, (x, _) => (byte)x));
        Assert.Equal(0, squares[0]);
        Assert.Equal(8, squares[Side * Side * 3]);
    }

    [Fact]
    public void A_square_frame_gives_the_same_square_twice()
    {
        var squares = Crop(Frame(50, 50, (x, y) => (byte)(x * y)));
        Assert.Equal(squares[..(squares.Length / 2)], squares[(squares.Length / 2)..]);
    }

    [Theory]
    [InlineData(299, 224)]
    [InlineData(300, 299)]
    [InlineData(17, 224)]
    [InlineData(1000, 33)]
    [InlineData(1, 16)]
    public void Weighs_as_the_triangle_filter_does(int size, int side)
    {
        var frame = Frame(size, size, (x, y) => (byte)((x * 7) ^ (y * 13)));
        var cropper = new SquareCropper(side);
        var squares = new byte[cropper.BytesPerFrame];
        cropper.Crop(frame, squares);
        var exact = Exact(frame, side);
        for (var i = 0; i < exact.Length; i++)
        {
            Assert.InRange(squares[i], exact[i] - 0.6, exact[i] + 0.6);
        }
    }

    [Fact]
    public void Allocates_nothing_for_frames_of_one_size()
    {
        var frame = Frame(64, 48, (x, y) => (byte)(x + y));
        var cropper = new SquareCropper(Side);
        var squares = new byte[cropper.BytesPerFrame];
        cropper.Crop(frame, squares);
        var before = GC.GetAllocatedBytesForCurrentThread();
        cropper.Crop(frame, squares);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static byte[] Crop(RgbImage frame)
    {
        var cropper = new SquareCropper(Side);
        var squares = new byte[cropper.BytesPerFrame];
        cropper.Crop(frame, squares);
        return squares;
    }

    private static RgbImage Frame(int width, int height, Func<int, int, byte> pixel)
    {
        var frame = new RgbImage(width, height);
        for (var i = 0; i < frame.Pixels.Length; i++)
        {
            frame.Pixels[i] = pixel(i / 3 % width, i / 3 / width);
        }

        return frame;
    }

    /// <summary>The same in double precision, from the definition, one output pixel at a time.</summary>
    private static double[] Exact(RgbImage frame, int side)
    {
        var rows = Weights(frame.Width, side);
        var result = new double[side * side * 3];
        for (var i = 0; i < result.Length; i++)
        {
            var (channel, x, y) = (i % 3, i / 3 % side, i / 3 / side);
            for (var v = 0; v < frame.Height; v++)
            {
                for (var u = 0; rows[y, v] > 0 && u < frame.Width; u++)
                {
                    result[i] += rows[y, v] * rows[x, u] * frame.Pixels[(((v * frame.Width) + u) * 3) + channel];
                }
            }
        }

        return result;
    }

    private static double[,] Weights(int source, int target)
    {
        var weights = new double[target, source];
        var scale = (double)source / target;
        for (var i = 0; i < target; i++)
        {
            double Weight(int pixel) => Math.Max(0, 1 - (Math.Abs(pixel + 0.5 - ((i + 0.5) * scale)) / Math.Max(1, scale)));
            var sum = Enumerable.Range(0, source).Sum(Weight);
            for (var pixel = 0; pixel < source; pixel++)
            {
                weights[i, pixel] = Weight(pixel) / sum;
            }
        }

        return weights;
    }
}
