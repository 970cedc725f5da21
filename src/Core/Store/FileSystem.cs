using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OrleansAtlas.Store;

/// <summary>Calls of the system that .NET has no name for.</summary>
internal static partial class FileSystem
{
    private const int NoInherit = 0x80000; // O_CLOEXEC, beside O_RDONLY, which is 0.

    /// <summary>Opens a file or folder for reading, by no child process inherited: open(2).</summary>
    /// <param name="path">The path.</param>
    /// <param name="flags">Further flags of the system.</param>
    /// <returns>The handle; else the system's error number.</returns>
    public static (SafeFileHandle? Handle, int Error) Open(string path, int flags = 0)
    {
        var descriptor = OpenFile(path, NoInherit | flags);
        return descriptor < 0 ? (null, Marshal.GetLastPInvokeError()) : (new SafeFileHandle(descriptor, ownsHandle: true), 0);
    }

    /// <summary>Writes all that the file system of a folder still holds in memory to its disk: syncfs(2), one call however many files
    /// there are. Does nothing where the system is not Linux.</summary>
    /// <exception cref="IOException">The disk failed, or the folder is gone.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var (handle, error) = Open(folder);
        using (handle)
        {
            if (handle is null || SyncFileSystem(handle) != 0)
            {
                var cause = new Win32Exception(handle is null ? error : Marshal.GetLastPInvokeError());
                throw new IOException($"'{folder}' cannot be flushed: {cause.Message}", cause);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(SafeFileHandle handle);
}
