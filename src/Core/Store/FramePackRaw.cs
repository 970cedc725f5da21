using System.Buffers.Binary;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Store;

/// <summary>The frames of a segment as they were decoded, <c>frames-&lt;segment&gt;.npy</c>: uint8 <c>[n, height, width, 3]</c>.</summary>
internal sealed class FramePackRaw : FrameFile
{
    private readonly int _offset;
    private readonly int _width;
    private readonly int _height;

    private FramePackRaw(Stream stream, int[] shape, int offset)
        : base(stream, shape[0]) => (_height, _width, _offset) = (shape[1], shape[2], offset);

    /// <summary>The file of these frames, all of one size; at least one.</summary>
    public static byte[] ToBytes(IReadOnlyList<RgbImage> frames)
    {
        var (width, height) = (frames[0].Width, frames[0].Height);
        var header = Npy.Header<byte>(frames.Count, height, width, 3);
        var file = new byte[checked(header.Length + (frames.Count * width * height * 3))];
        header.CopyTo(file, 0);
        for (var i = 0; i < frames.Count; i++)
        {
            if (frames[i].Width != width || frames[i].Height != height)
            {
                throw new ArgumentException(
                    $"Frame {i} is {frames[i].Width} x {frames[i].Height}, the first is {width} x {height}: one array holds frames "
                        + "of one size."
                );
            }

            frames[i].Span.CopyTo(file.AsSpan(header.Length + (i * width * height * 3)));
        }

        return file;
    }

    internal static async Task<FrameFile> OpenAsync(Stream stream, byte[] start, CancellationToken cancellationToken)
    {
        // Bytes 8 and 9 of version 1, the only one this program writes, are the length of the rest of the header.
        var length = Math.Min(10 + BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8)), stream.Length);
        var header = await ReadAsync(stream, 0, (int)length, cancellationToken).ConfigureAwait(false);
        var (description, shape, offset) = Npy.ParseHeader(header);
        return description == "|u1" && shape is [_, _, _, 3] && stream.Length == offset + shape.Aggregate(1L, (product, n) => product * n)
            ? new FramePackRaw(stream, shape, offset)
            : throw new DamagedFileException(
                $"The array of '{description}' [{string.Join(", ", shape)}] in {stream.Length} bytes holds no frames: expected "
                    + "'|u1' [n, height, width, 3], whole."
            );
    }

    private protected override async Task<RgbImage> ReadFrameAsync(int index, CancellationToken cancellationToken)
    {
        var length = _width * _height * 3;
        var pixels = await ReadAsync(Stream, _offset + ((long)index * length), length, cancellationToken).ConfigureAwait(false);
        return new RgbImage(_width, _height, pixels);
    }
}
