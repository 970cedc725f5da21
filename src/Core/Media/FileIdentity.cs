using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Media;

/// <summary>A file or folder, whatever paths lead to it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Device">Number of the file system.</param>
/// <param name="Node">Number within the file system.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, UTC.</param>
internal readonly partial record struct FileIdentity(FileKind Kind, ulong Device, ulong Node, long Size, DateTimeOffset Modified)
{
    // statx has one layout on all processors of Linux, which stat has not; see statx(2).
    private const int AnswerSize = 256;
    private const int ModeAt = 28;
    private const int NodeAt = 32;
    private const int SizeAt = 40;
    private const int ModifiedAt = 112;
    private const int DeviceAt = 136;
    private const int FromWorkingFolder = -100;
    private const uint TypeModeTimeNodeAndSize = 0x1 | 0x2 | 0x40 | 0x100 | 0x200;
    private const int TypeMask = 0xF000;

    /// <summary>Whether a path leads to a usual file: opening a pipe may wait for ever.</summary>
    public static bool IsFile(string path) => Of(path) is { } there ? there.Kind == FileKind.Regular : File.Exists(path);

    /// <summary>Bytes of the file that a path leads to; <see cref="FileInfo"/> would give those of a link.</summary>
    public static long Length(string path) => Of(path)?.Size ?? new FileInfo(path).Length;

    /// <summary>Looks what a path leads to.</summary>
    /// <returns>Null where nothing is there, or the system does not tell.</returns>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> answer = stackalloc byte[AnswerSize];
        if (Statx(FromWorkingFolder, path, 0, TypeModeTimeNodeAndSize, answer) != 0)
        {
            return null;
        }

        var kind = (BinaryPrimitives.ReadUInt16LittleEndian(answer[ModeAt..]) & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
        return new FileIdentity(
            kind,
            BinaryPrimitives.ReadUInt64LittleEndian(answer[DeviceAt..]),
            BinaryPrimitives.ReadUInt64LittleEndian(answer[NodeAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(answer[SizeAt..]),
            DateTimeOffset.UnixEpoch.AddTicks(
                (BinaryPrimitives.ReadInt64LittleEndian(answer[ModifiedAt..]) * TimeSpan.TicksPerSecond)
                    + (BinaryPrimitives.ReadUInt32LittleEndian(answer[(ModifiedAt + 8)..]) / 100)
            )
        );
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> answer);
}
