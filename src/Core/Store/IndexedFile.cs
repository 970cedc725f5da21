using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OrleansAtlas.Media;

namespace OrleansAtlas.Store;

// Why: docs/decisions/serving-films.md
/// <summary>A film's file, opened once: the very file that was indexed, whatever is put in its place or in that of a folder above
/// it.</summary>
internal sealed class IndexedFile : IDisposable
{
    private const int NoWait = 0x800; // O_NONBLOCK: a pipe without a writer is opened too, and seen to be one.

    private IndexedFile(SafeFileHandle handle, string path, DateTime modified) => (Handle, Path, Modified) = (handle, path, modified);

    // errno(3) of Linux.
    private enum Error
    {
        None,
        NotPermitted = 1,
        NoEntry = 2,
        NoDeviceBehind = 6,
        NoAccess = 13,
        NoFolder = 20,
        Link = 40,
    }

    /// <summary>The open file; it seeks.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>By which other programs of the same user open this same file while it is open here.</summary>
    public string Path { get; }

    /// <summary>Time of its last change, UTC.</summary>
    public DateTime Modified { get; }

    /// <summary>Closes it.</summary>
    public void Dispose() => Handle.Dispose();

    private static int NoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>Opens the file of a source.</summary>
    /// <param name="source">Where the film was found.</param>
    /// <returns>The file, to be closed by the caller; else why what stands in its place is not it, or null where nothing stands
    /// there.</returns>
    public static (IndexedFile? File, string? Reason) Open(VideoSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!OperatingSystem.IsLinux())
        {
            return OpenPlain(source);
        }

        var (handle, error) = FileSystem.Open(source.Target ?? source.Path, NoWait | NoFollow);

        // The name is not UTF-8, and goes by a link of the store's; where that leads is compared below.
        if (error == (int)Error.NoEntry && source.Target is not null && FileIdentity.IsFile(source.Path))
        {
            (handle, error) = FileSystem.Open(source.Path, NoWait);
        }

        if (handle is null)
        {
            return (null, (Error)error is Error.NoEntry or Error.NoFolder ? null : ReasonOf((Error)error));
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{(int)handle.DangerousGetHandle()}");
        var reason =
            Difference(source, FileIdentity.Of(path))
            ?? (ByteNames.Resolve(path) == (source.Target ?? source.Path) ? null : "a link leads there now");
        if (reason is null)
        {
            return (new IndexedFile(handle, path, source.Modified), null);
        }

        handle.Dispose();
        return (null, reason);
    }

    private static string ReasonOf(Error error) =>
        error switch
        {
            Error.Link => "it is a link now",
            Error.NoDeviceBehind => "it is a socket or a device now",
            Error.NotPermitted or Error.NoAccess => "it may not be read",
            _ => string.Create(CultureInfo.InvariantCulture, $"it cannot be opened (error {(int)error})"),
        };

    private static string? Difference(VideoSource source, FileIdentity? found) =>
        found is not { } file ? "it cannot be looked at"
        : file.Kind != FileKind.Regular ? $"it is a {file.Kind.ToString().ToLowerInvariant()} now"
        : file.Size != source.Length || file.Modified.UtcDateTime != source.Modified ? "it was changed since"
        : null;

    private static (IndexedFile? File, string? Reason) OpenPlain(VideoSource source)
    {
        var file = new FileInfo(source.Target ?? source.Path);
        return !file.Exists ? (null, null)
            : file.LinkTarget is not null ? (null, "it is a link now")
            : file.Length != source.Length || file.LastWriteTimeUtc != source.Modified ? (null, "it was changed since")
            : (new IndexedFile(File.OpenHandle(file.FullName), file.FullName, source.Modified), null);
    }
}
