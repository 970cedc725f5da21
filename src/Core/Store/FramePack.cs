using System.Buffers.Binary;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Store;

/// <summary>
/// The frames of a segment as JPEGs in one file, <c>frames-&lt;segment&gt;.jpgs</c>. Little-endian, from byte 0:
/// <code>
/// 0   8 bytes   "JPGS\r\n\x1a\n"  (line ends that a text transfer would spoil)
/// 8   uint32    version, 1
/// 12  uint32    n, number of frames
/// 16  uint64    offset of frame 0 from the start of the file, then of frame 1 ... n-1, then the length of the file: n + 1 numbers
/// ..            the JPEG files, one after another
/// </code>
/// Frame i is the bytes from offset i to offset i + 1, so one frame costs a read of 16 bytes and one of its own.
/// </summary>
public sealed class FramePack : FrameFile
{
    internal const int HeaderLength = 16;
    private const int Version = 1;
    private readonly IImageCodec _codec;

    private FramePack(Stream stream, int count, IImageCodec codec)
        : base(stream, count) => _codec = codec;

    private static ReadOnlySpan<byte> Magic => "JPGS\r\n\x1a\n"u8;

    /// <summary>The file of these JPEGs, in this order.</summary>
    public static byte[] ToBytes(IReadOnlyList<byte[]> jpegs)
    {
        var offset = HeaderLength + (8L * (jpegs.Count + 1));
        var file = new byte[checked((int)(offset + jpegs.Sum(jpeg => (long)jpeg.Length)))];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), (uint)jpegs.Count);
        for (var i = 0; i < jpegs.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(HeaderLength + (8 * i)), offset);
            jpegs[i].CopyTo(file, offset);
            offset += jpegs[i].Length;
        }

        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(HeaderLength + (8 * jpegs.Count)), offset);
        return file;
    }

    /// <summary>The JPEG file of one frame, as it was put in.</summary>
    public async Task<byte[]> ReadJpegAsync(int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var offsets = await ReadAsync(Stream, HeaderLength + (8L * index), 16, cancellationToken).ConfigureAwait(false);
        var start = BinaryPrimitives.ReadInt64LittleEndian(offsets);
        var length = BinaryPrimitives.ReadInt64LittleEndian(offsets.AsSpan(8)) - start;
        return length is > 0 and <= int.MaxValue
            ? await ReadAsync(Stream, start, (int)length, cancellationToken).ConfigureAwait(false)
            : throw new DamagedFileException($"Frame {index} of the JPEG pack would be {length} bytes long: the file is damaged.");
    }

    internal static bool IsPack(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    internal static async Task<FrameFile> OpenAsync(Stream stream, byte[] header, IImageCodec codec, CancellationToken cancellationToken)
    {
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8));
        var count = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(12));
        if (version != Version)
        {
            throw new DamagedFileException($"The JPEG pack is of version {version}, this program reads version {Version}.");
        }

        var end = await ReadAsync(stream, HeaderLength + (8L * count), 8, cancellationToken).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadInt64LittleEndian(end);
        return length == stream.Length
            ? new FramePack(stream, (int)count, codec)
            : throw new DamagedFileException(
                $"The JPEG pack is {stream.Length} bytes long, its table says {length}: it is cut short or damaged."
            );
    }

    private protected override async Task<RgbImage> ReadFrameAsync(int index, CancellationToken cancellationToken) =>
        _codec.Decode(await ReadJpegAsync(index, cancellationToken).ConfigureAwait(false));
}
