using Microsoft.Win32.SafeHandles;

namespace OrleansAtlas.Images;

/// <summary>A photo's file as libvips opens it: by a path that has no options in it, or the picture inside a camera's raw file.</summary>
internal sealed class PhotoFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private PhotoFile(SafeFileHandle handle, string path, byte[]? inner, int orientation) =>
        (_handle, Path, Inner, Orientation) = (handle, path, inner, orientation);

    /// <summary>Where it is. libvips takes brackets at the end of a name for options; the name of a descriptor has none.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>The JPEG inside a raw file; null for a usual photo.</summary>
    public byte[]? Inner { get; }

    /// <summary>EXIF orientation that a raw file gives for the JPEG inside; 0 where the picture says it itself.</summary>
    public int Orientation { get; }

    /// <summary>Opens a photo.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static PhotoFile Open(string path)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var raw = CameraRaw.Find(handle, path);
            var plain = OperatingSystem.IsLinux() ? $"/proc/self/fd/{handle.DangerousGetHandle()}" : path;
            return new PhotoFile(handle, plain, raw?.Jpeg, raw?.Orientation ?? 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
