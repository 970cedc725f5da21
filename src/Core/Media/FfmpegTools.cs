using System.ComponentModel;

namespace OrleansAtlas.Media;

/// <summary>The two programs that read films.</summary>
public sealed record FfmpegTools
{
    /// <summary>Path of ffmpeg.</summary>
    public required string Ffmpeg { get; init; }

    /// <summary>Path of ffprobe.</summary>
    public required string Ffprobe { get; init; }

    /// <summary>Part of a collection's profile, e.g. <c>ffmpeg 5.1.9-0+deb12u1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>True where ffmpeg has the filters that bring high dynamic range to sRGB.</summary>
    public bool ToneMaps { get; init; }

    /// <summary>Looks in ATLAS_FFMPEG and ATLAS_FFPROBE, then on PATH, and asks for the version.</summary>
    public static async Task<FfmpegLookup> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var (program, variable) in new[] { ("ffmpeg", "ATLAS_FFMPEG"), ("ffprobe", "ATLAS_FFPROBE") })
        {
            var named = Environment.GetEnvironmentVariable(variable);
            if (!string.IsNullOrEmpty(named) && !File.Exists(named))
            {
                return new FfmpegLookup.Missing(
                    $"{variable} is {named}, which is not there; set it to the path of {program} or leave it out."
                );
            }

            if (Locate(program, variable) is null)
            {
                return new FfmpegLookup.Missing(
                    $"{program} is not on the PATH; install it (Debian: apt-get install ffmpeg) or set {variable} to its path."
                );
            }
        }

        var ffmpeg = Locate("ffmpeg", "ATLAS_FFMPEG")!;
        var version = await RunAsync(ffmpeg, ["-version"], cancellationToken).ConfigureAwait(false);
        var words = (version ?? "").Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["ffmpeg", "version", ..])
        {
            return new FfmpegLookup.Missing(
                $"{ffmpeg} does not answer to -version as ffmpeg does; set ATLAS_FFMPEG to the path of a working ffmpeg."
            );
        }

        var filters = await RunAsync(ffmpeg, ["-hide_banner", "-filters"], cancellationToken).ConfigureAwait(false) ?? "";
        return new FfmpegLookup.Found(
            new FfmpegTools
            {
                Ffmpeg = ffmpeg,
                Ffprobe = Locate("ffprobe", "ATLAS_FFPROBE")!,
                Version = $"ffmpeg {words[2]}",
                ToneMaps =
                    filters.Contains(" zscale ", StringComparison.Ordinal) && filters.Contains(" tonemap ", StringComparison.Ordinal),
            }
        );
    }

    private static string? Locate(string program, string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : ChildCommand.OnPath(program);

    private static async Task<string?> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var child = ChildProcess.Start(
                program,
                arguments,
                new ChildLimits { Life = TimeSpan.FromSeconds(20) },
                null,
                cancellationToken
            );
            await using (child.ConfigureAwait(false))
            {
                return await child.ReadTextAsync(1 << 20, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
