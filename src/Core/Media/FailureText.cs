namespace OrleansAtlas.Media;

/// <summary>Why a file cannot be read, without where it is read: that may be a copy or an address of this machine, and who reads the
/// sentence knows the file by its name.</summary>
internal static class FailureText
{
    /// <summary>What an exception says, for the inside of a sentence.</summary>
    /// <param name="error">Of reading or writing a file.</param>
    /// <param name="path">Where the file is.</param>
    public static string Of(Exception error, string path) =>
        error switch
        {
            UnauthorizedAccessException => "this process may not read it",
            FileNotFoundException or DirectoryNotFoundException when error.Message.Contains(path, StringComparison.Ordinal) =>
                "it is not there",
            _ => Without(error.Message, path).TrimEnd('.'),
        };

    /// <summary>A sentence without a path.</summary>
    public static string Without(string sentence, string path) =>
        sentence
            .Replace($"file:{path}", path, StringComparison.Ordinal)
            .Replace($" : '{path}'", "", StringComparison.Ordinal)
            .Replace($" '{path}'", "", StringComparison.Ordinal)
            .Replace($"{path}: ", "", StringComparison.Ordinal)
            .Replace($" {path}", "", StringComparison.Ordinal)
            .Replace(path, "", StringComparison.Ordinal);
}
