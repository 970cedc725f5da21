using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace OrleansAtlas.Torch;

/// <summary>Loads TorchSharp's own native library, where need be a copy that does without a newer C++ library.</summary>
internal static partial class NativeBinding
{
    // Every function is looked up now: one that another libtorch lacks would end the process when it is called first.
    private const int Now = 2;

    /// <summary>Loads it.</summary>
    /// <param name="path">The library.</param>
    /// <param name="copies">Folder for a copy.</param>
    /// <exception cref="DllNotFoundException">It cannot be loaded; the loader's reason.</exception>
    public static nint Load(string path, string copies)
    {
        if (TryLoad(path, out var handle, out var reason))
        {
            return handle;
        }

        if (MissingVersion().Match(reason) is not { Success: true } missing)
        {
            throw new DllNotFoundException(reason);
        }

        return TryLoad(Copy(path, missing.Groups[1].Value, copies), out handle, out reason)
            ? handle
            : throw new DllNotFoundException(reason);
    }

    /// <summary>A copy in which the version is marked as one that may be missing: the library asks for it in its table of versions alone,
    /// no function of it has that version.</summary>
    private static string Copy(string path, string version, string folder)
    {
        var library = File.ReadAllBytes(path);
        var copy = Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(library))[..12]}.so");
        if (!File.Exists(copy))
        {
            ElfVersions.Weaken(library, version);
            Directory.CreateDirectory(folder);
            var making = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(making, library);
            File.Move(making, copy, overwrite: true);
        }

        return copy;
    }

    private static bool TryLoad(string path, out nint handle, out string reason)
    {
        // Finding dlerror itself, at its first call, would clear the reason.
        _ = Error();
        handle = Open(path, Now);
        reason = handle == 0 ? Marshal.PtrToStringUTF8(Error()) ?? "the loader gives no reason" : "";
        return handle != 0;
    }

    [GeneratedRegex(@"version `(GLIBCXX_[0-9.]+)' not found")]
    private static partial Regex MissingVersion();

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int mode);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    private static partial nint Error();
}
