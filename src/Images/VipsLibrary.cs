using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using NetVips;
using OrleansAtlas.Errors;
using Vips = NetVips.NetVips;

namespace OrleansAtlas.Images;

/// <summary>The native picture library: found once, set up once for the whole process.</summary>
public static class VipsLibrary
{
    private const string Library = "libvips.so.42";
    private const Enums.LogLevelFlags EveryLevel = ~(Enums.LogLevelFlags.FlagFatal | Enums.LogLevelFlags.FlagRecursion);
    private static readonly Lazy<string?> Failure = new(Load);

    /// <summary>Whether libvips is here and works; if not, one sentence that says what is missing and how to get it.</summary>
    public static bool TryLoad([NotNullWhen(false)] out string? reason) => (reason = Failure.Value) is null;

    /// <summary>Name and version, e.g. <c>libvips 8.14.1</c>.</summary>
    /// <exception cref="AtlasException">libvips is not here or lacks what is needed; the message says how to get it.</exception>
    public static string Version => TryLoad(out var reason) ? Name : throw new AtlasException(reason);

    /// <summary>Bytes libvips holds at the moment for pixels, over the whole process; 0 between pictures.</summary>
    public static long TrackedMemory => Stats.Mem;

    private static string Name =>
        string.Create(CultureInfo.InvariantCulture, $"libvips {Vips.Version(0)}.{Vips.Version(1)}.{Vips.Version(2)}");

    private static string? Load()
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            return $"The picture library {Library} is not on this machine or cannot be loaded: install it with '{VipsNeeds.Install}'.";
        }

        // NetVips starts libvips as soon as it is loaded, and keeps what went wrong.
        if (!ModuleInitializer.VipsInitialized)
        {
            var reason = ModuleInitializer.Exception?.Message.ReplaceLineEndings(" ").TrimEnd(' ', '.');
            return $"The picture library {Library} does not start: {reason}.";
        }

        // Warnings are about odd metadata: what matters comes back as an error.
        Log.SetLogHandler("VIPS", EveryLevel, (_, _, _) => { });

        // Callers work on several pictures at once; one thread a picture keeps the number of threads theirs to choose.
        Vips.Concurrency = 1;
        Cache.Max = 0;
        return VipsNeeds.Missing(Name, operation => Vips.TypeFind("VipsOperation", operation) != 0);
    }
}
