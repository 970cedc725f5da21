namespace OrleansAtlas.Onnx;

/// <summary>What a library's exception says, as a part of a sentence.</summary>
internal static class ExceptionText
{
    public static string OneLine(this Exception error) => error.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}
