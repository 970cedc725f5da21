using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Numerics.Tensors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Images;

/// <summary>PNG (ISO/IEC 15948), 8-bit RGB, written from the top with every strip compressed on a processor of its own: compression
/// is what a large PNG takes its time for. The strips' deflate streams end on a byte and refer to nothing before them, so one after
/// another they are one stream, and the bytes do not depend on the number of processors.</summary>
internal static class PngWriter
{
    private const int StripBytes = 1 << 20;
    private const byte UpFilter = 2;
    private const double InchesPerMetre = 1 / 0.0254;

    /// <summary>Header of a zlib stream (RFC 1950): deflate, window of 32 KiB, fastest.</summary>
    private static readonly byte[] StreamStart = [0x78, 0x01];

    /// <summary>An empty last block, after which the checksum stands.</summary>
    private static readonly byte[] StreamEnd = [0x03, 0x00];

    public static void Write(Stream file, int width, int height, StripFiller strip, int dotsPerInch, CancellationToken cancellationToken)
    {
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(file, "IHDR"u8, [.. BigEndian(width), .. BigEndian(height), 8, 2, 0, 0, 0]);
        var perMetre = BigEndian((int)Math.Round(dotsPerInch * InchesPerMetre));
        Chunk(file, "pHYs"u8, [.. perMetre, .. perMetre, 1]);
        Chunk(file, "IDAT"u8, StreamStart);
        var checksum = Rows(file, width, height, strip, cancellationToken);
        Chunk(file, "IDAT"u8, [.. StreamEnd, .. BigEndian((int)checksum)]);
        Chunk(file, "IEND"u8, []);
    }

    private static uint Rows(Stream file, int width, int height, StripFiller strip, CancellationToken cancellationToken)
    {
        var stride = width * 3;
        var checksum = new Adler32();
        var rows = Math.Max(1, StripBytes / stride);
        var pixels = new byte[rows * stride * Environment.ProcessorCount];
        for (var top = 0; top < height; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(pixels.Length / stride, height - top);
            strip(top, pixels.AsSpan(0, count * stride));
            var parts = new (byte[] Filtered, byte[] Deflated)[(count + rows - 1) / rows];
            Parallel.For(
                0,
                parts.Length,
                part =>
                {
                    var filtered = Filter(pixels.AsSpan(part * rows * stride, Math.Min(rows, count - (part * rows)) * stride), stride);
                    parts[part] = (filtered, Deflate(filtered));
                }
            );
            foreach (var (filtered, deflated) in parts)
            {
                checksum.Append(filtered);
                Chunk(file, "IDAT"u8, deflated);
            }

            top += count;
        }

        return checksum.GetCurrentHashAsUInt32();
    }

    /// <summary>Each row less the one above. The first of a strip stands as it is, so that strips need nothing of each other.</summary>
    private static byte[] Filter(ReadOnlySpan<byte> pixels, int stride)
    {
        var rows = pixels.Length / stride;
        var filtered = new byte[rows * (stride + 1)];
        pixels[..stride].CopyTo(filtered.AsSpan(1));
        for (var y = 1; y < rows; y++)
        {
            var target = filtered.AsSpan(y * (stride + 1), stride + 1);
            target[0] = UpFilter;
            TensorPrimitives.Subtract(pixels.Slice(y * stride, stride), pixels.Slice((y - 1) * stride, stride), target[1..]);
        }

        return filtered;
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var memory = new MemoryStream(bytes.Length / 2);
        using var deflate = new DeflateStream(memory, CompressionLevel.Fastest);
        deflate.Write(bytes);

        // A flush ends on a byte and leaves the stream open; what closing it would add is left out.
        deflate.Flush();
        return memory.ToArray();
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        file.Write(BigEndian(data.Length));
        file.Write(type);
        file.Write(data);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        file.Write(BigEndian((int)checksum.GetCurrentHashAsUInt32()));
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
