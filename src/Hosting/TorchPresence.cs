using OrleansAtlas.Torch;

namespace OrleansAtlas.Hosting;

/// <summary>Whether the trainer on libtorch can be used here.</summary>
/// <param name="Here">Whether it can.</param>
/// <param name="Detail">Where it is and on what it runs, or one sentence why not.</param>
public sealed record TorchPresence(bool Here, string Detail)
{
    /// <summary>Loads libtorch where it is there, which takes a second.</summary>
    public static TorchPresence Find() =>
        LibTorch.Find() switch
        {
            LibTorchLookup.Found found => new(true, $"{found.Folder}, on {found.Device}"),
            LibTorchLookup.Missing missing => new(false, missing.Reason),
            _ => throw new InvalidOperationException("Not reached."),
        };

    /// <summary>Whether somebody wants it here: its folder is named.</summary>
    public static bool IsNamed => Environment.GetEnvironmentVariable(LibTorch.Variable) is { Length: > 0 };
}
