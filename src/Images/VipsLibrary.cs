using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using OrleansAtlas.Images.Native;

namespace OrleansAtlas.Images;

/// <summary>The native picture library: found once, set up once for the whole process.</summary>
public static class VipsLibrary
{
    private const int LogLevelMask = ~3;
    private static readonly Lazy<string?> Failure = new(Load);

    /// <summary>Whether libvips is here and works; if not, one sentence that says what is missing and how to get it.</summary>
    public static bool TryLoad([NotNullWhen(false)] out string? reason) => (reason = Failure.Value) is null;

    /// <summary>Name and version, e.g. <c>libvips 8.14.1</c>.</summary>
    /// <exception cref="DllNotFoundException">libvips is not here; the message says how to get it.</exception>
    public static string Version
    {
        get
        {
            Require();
            return string.Create(CultureInfo.InvariantCulture, $"libvips {Vips.Version(0)}.{Vips.Version(1)}.{Vips.Version(2)}");
        }
    }

    /// <summary>Bytes libvips holds at the moment for pixels, over the whole process; 0 between pictures.</summary>
    public static long TrackedMemory => (long)Vips.TrackedMemory();

    internal static void Require()
    {
        if (!TryLoad(out var reason))
        {
            throw new DllNotFoundException(reason);
        }
    }

    private static unsafe string? Load()
    {
        if (!NativeLibrary.TryLoad(Vips.Library, out _))
        {
            return $"The picture library {Vips.Library} is not on this machine or cannot be loaded: install it with 'apt-get install libvips42'.";
        }

        GObject.LogSetHandler("VIPS", LogLevelMask, &Ignore, 0);
        if (Vips.Init("atlas") != 0)
        {
            return $"The picture library {Vips.Library} does not start: {VipsError.Take().Message}.";
        }

        // Callers work on several pictures at once; one thread a picture keeps the number of threads theirs to choose.
        Vips.ConcurrencySet(1);
        Vips.CacheSetMax(0);
        return null;
    }

    /// <summary>Warnings about odd metadata: what matters comes back as an error.</summary>
    [UnmanagedCallersOnly]
    private static void Ignore(nint domain, int level, nint message, nint data) { }
}
