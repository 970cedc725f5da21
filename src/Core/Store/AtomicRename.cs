using System.Runtime.InteropServices;

namespace OrleansAtlas.Store;

/// <summary>Gives a file a name that it takes only where nobody has it yet, in one step. <see cref="File.Move(string, string)"/>
/// looks first and renames then, so on Unix the second of two writers at once replaces what the first wrote; link(2) does not.</summary>
internal static partial class AtomicRename
{
    private const int NameTaken = 17;

    /// <summary>True where the name was free; false where it was not; null where this file system has no hard links. The file
    /// may still have its old name as well.</summary>
    public static bool? Try(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Link(from, to) == 0 ? true
                : Marshal.GetLastPInvokeError() == NameTaken ? false
                : null;
        }

        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
