namespace OrleansAtlas.Tests;

/// <summary>Tests that take minutes: marked <c>[Trait("Category", "Long")]</c>, run by <c>./test --long</c>, skipped and counted
/// otherwise.</summary>
internal static class LongTests
{
    /// <summary>To be called first by every long test.</summary>
    public static void Require() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ATLAS_LONG") == "1", "Long test: ./test --long runs it");
}
