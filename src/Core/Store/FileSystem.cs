using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Store;

/// <summary>Calls of the system that .NET has no name for.</summary>
internal static partial class FileSystem
{
    private const int ReadOnly = 0x80000; // O_RDONLY, and O_CLOEXEC: no child process gets it.

    /// <summary>Writes all that the file system of a folder still holds in memory to its disk: syncfs(2), one call however many files
    /// there are. Does nothing where the system is not Linux.</summary>
    /// <exception cref="IOException">The disk failed, or the folder is gone.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Failed(folder);
        }

        try
        {
            if (SyncFileSystem(descriptor) != 0)
            {
                throw Failed(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder)
    {
        var cause = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"'{folder}' cannot be flushed: {cause.Message}", cause);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
