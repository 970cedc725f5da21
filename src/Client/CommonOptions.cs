using System.CommandLine;

namespace OrleansAtlas.Client;

/// <summary>Options that every verb takes, and those that several do.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } =
        new("--json") { Description = "Answer with one JSON document on standard output.", Recursive = true };

    public static Option<string?> Store { get; } =
        new("--store")
        {
            Description =
                "Folder of the store, or https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX]. Default: $ATLAS_STORE, else "
                + "orleans-atlas in the user's data folder.",
            HelpName = "DIR|URL",
            Recursive = true,
        };

    public static Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Say more on standard error.", Recursive = true };

    public static Option<string> Collection { get; } =
        new("--collection", "-c")
        {
            Description = "Name of the collection.",
            HelpName = "NAME",
            Required = true,
        };

    public static Option<string> Output { get; } =
        new("--output", "-o")
        {
            Description = "File to write.",
            HelpName = "FILE",
            Required = true,
        };

    public static Option<string?> Map { get; } =
        new("--map") { Description = "Map version; the newest if not given. Listed by: atlas maps", HelpName = "V" };
}
