using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace OrleansAtlas.Torch;

// Why: docs/decisions/torch.md
/// <summary>Finds libtorch and has TorchSharp use it. It is a part of no build: it is looked for when first needed, in the folder that
/// <c>ATLAS_LIBTORCH</c> names, else in <c>libtorch</c> of the cache.</summary>
public static class LibTorch
{
    /// <summary>Names the folder.</summary>
    public const string Variable = "ATLAS_LIBTORCH";

    private const string Library = "libtorch.so";
    private const string Binding = "libLibTorchSharp.so";
    private static readonly Lock Loading = new();
    private static readonly Assembly TorchSharp = typeof(torch).Assembly;
    private static readonly Dictionary<string, nint> Loaded = new(StringComparer.Ordinal);
    private static LibTorchLookup.Found? _found;

    // A resolver stays for ever, and a second one is refused.
    private static bool _resolving;

    /// <summary>Loads it, once in a process; where it fails, the next call looks again.</summary>
    public static LibTorchLookup Find()
    {
        lock (Loading)
        {
            if (_found is not null)
            {
                return _found;
            }

            var lookup = Load();
            _found = lookup as LibTorchLookup.Found;
            return lookup;
        }
    }

    private static string Cache =>
        Value("ATLAS_CACHE")
        ?? Path.Combine(
            Value("XDG_CACHE_HOME")
                ?? Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
                    ".cache"
                ),
            "orleans-atlas"
        );

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static LibTorchLookup Load()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return new LibTorchLookup.Missing(
                "The trainer on libtorch runs on Linux on x64 processors; the managed trainer runs everywhere."
            );
        }

        var (named, cached) = (Value(Variable), Path.Combine(Cache, "libtorch"));
        string[] places = named is null ? [cached] : [named, Path.Combine(named, "lib")];
        if (places.FirstOrDefault(place => File.Exists(Path.Combine(place, Library))) is not { } folder)
        {
            return new LibTorchLookup.Missing(
                named is null
                    ? $"libtorch is not here: there is no {Path.Combine(cached, Library)}; fetch it with eng/libtorch.sh, or set "
                        + $"{Variable} to the folder of libtorch 2.10."
                    : $"{Variable} is {named}, in which there is no {Library}; set it to the folder of libtorch 2.10 or leave it out."
            );
        }

        string[] bindings = [folder, AppContext.BaseDirectory, cached];
        if (bindings.Select(place => Path.Combine(place, Binding)).FirstOrDefault(File.Exists) is not { } binding)
        {
            return new LibTorchLookup.Missing(
                $"{Binding} of the package TorchSharp is neither in {folder} nor in {cached}; copy it there, or fetch it with "
                    + "eng/libtorch.sh."
            );
        }

        return Load(folder, binding);
    }

    private static LibTorchLookup Load(string folder, string binding)
    {
        try
        {
            // Loaded first: the binding's needs are then met by their names, wherever it lies itself.
            Loaded["torch_cpu"] = NativeLibrary.Load(Path.Combine(folder, Library));
            if (File.Exists(Path.Combine(folder, "libtorch_cuda.so")))
            {
                Loaded["torch_cuda"] = NativeLibrary.Load(Path.Combine(folder, "libtorch_cuda.so"));
            }

            Loaded["LibTorchSharp"] = NativeBinding.Load(binding, Path.Combine(Cache, "libtorch-binding"));
            UseLoaded();
            torch.InitializeDeviceType(DeviceType.CPU);
            return new LibTorchLookup.Found(folder, torch.cuda.is_available());
        }
        catch (Exception error)
            when (error
                    is DllNotFoundException
                        or BadImageFormatException
                        or NotSupportedException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or ExternalException
            )
        {
            return new LibTorchLookup.Missing(
                $"libtorch in {folder} does not fit ({Cause(error)}); give libtorch 2.10 for this machine by {Variable}."
            );
        }
    }

    // The runtime's message begins with advice on tools; what the system said is its last line.
    private static string Cause(Exception error) =>
        error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1].TrimEnd('.');

    private static void UseLoaded()
    {
        if (!_resolving)
        {
            NativeLibrary.SetDllImportResolver(TorchSharp, (name, _, _) => Loaded.GetValueOrDefault(name));
            _resolving = true;
        }
    }
}
