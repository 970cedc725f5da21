using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace OrleansAtlas.Media;

/// <summary>Names of files that are not UTF-8, which .NET can neither list nor open: links to them stand in a folder of our own, and the
/// rest of the program goes by the links.</summary>
internal static partial class ByteNames
{
    // struct dirent of 64-bit Linux; see readdir(3).
    private const int NameAt = 19;

    private static readonly SearchValues<char> Usual = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    );

    /// <summary>Names in a folder that are not UTF-8, in the order of their bytes; none on other systems.</summary>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    public static List<byte[]> List(string folder)
    {
        var names = new List<byte[]>();
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return names;
        }

        var handle = OpenFolder(folder);
        if (handle == 0)
        {
            throw new IOException(
                $"{folder} cannot be listed (error {Marshal.GetLastPInvokeError().ToString(CultureInfo.InvariantCulture)})."
            );
        }

        try
        {
            for (nint entry; (entry = ReadFolder(handle)) != 0; )
            {
                var name = Bytes(entry + NameAt);
                if (!Utf8.IsValid(name))
                {
                    names.Add(name);
                }
            }
        }
        finally
        {
            _ = CloseFolder(handle);
        }

        names.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        return names;
    }

    /// <summary>A name as it is shown: bytes that are not UTF-8 as <c>\xe9</c>.</summary>
    public static string Escape(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder();
        while (!name.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(name, out var rune, out var length) == OperationStatus.Done;
            _ = valid ? text.Append(rune.ToString()) : text.Append(CultureInfo.InvariantCulture, $"\\x{name[0]:x2}");
            name = name[(valid ? length : 1)..];
        }

        return text.ToString();
    }

    /// <summary>Makes a link to a file or folder of such a name, the same one each time.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="links">The folder for links; it is made.</param>
    /// <returns>The link's path.</returns>
    /// <exception cref="IOException">The link cannot be made.</exception>
    public static string Link(string folder, byte[] name, string links)
    {
        Directory.CreateDirectory(links);
        byte[] target = [.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. name, 0];
        var extension = Path.GetExtension(Encoding.ASCII.GetString(name));
        var usual = extension.Length is > 1 and < 8 && extension.AsSpan(1).IndexOfAnyExcept(Usual) < 0;
        var path = Path.Combine(links, Convert.ToHexStringLower(SHA256.HashData(target))[..32] + (usual ? extension : ""));
        if (FileIdentity.Of(path) is null && MakeLink(target, path) != 0 && FileIdentity.Of(path) is null)
        {
            var error = Marshal.GetLastPInvokeError().ToString(CultureInfo.InvariantCulture);
            throw new IOException($"A link to it cannot be made in {links} (error {error}).");
        }

        return path;
    }

    /// <summary>A path without links in it, bytes that are not UTF-8 escaped; null where nothing is there, or the system does not
    /// tell.</summary>
    public static string? Resolve(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var resolved = RealPath(path, 0);
        if (resolved == 0)
        {
            return null;
        }

        var bytes = Bytes(resolved);
        Free(resolved);
        return Escape(bytes);
    }

    private static byte[] Bytes(nint text)
    {
        var length = 0;
        while (Marshal.ReadByte(text, length) != 0)
        {
            length++;
        }

        var bytes = new byte[length];
        Marshal.Copy(text, bytes, 0, length);
        return bytes;
    }

    [LibraryImport("libc", EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint OpenFolder(string path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "symlink", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeLink(byte[] target, string path);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
