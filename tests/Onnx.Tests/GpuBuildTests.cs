namespace OrleansAtlas.Tests;

public sealed class GpuBuildTests
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task A_build_for_GPUs_runs_its_models_on_a_machine_without_one()
    {
        LongTests.Require();
        using var artifacts = new TemporaryFolder();
        var project = Path.Combine(TestFiles.Repository, "tests", "Onnx.Tests", "Onnx.Tests.csproj");
        var hidden = new Dictionary<string, string?> { ["CUDA_VISIBLE_DEVICES"] = "" };
        await TestProgram.RunAsync(
            TimeSpan.FromMinutes(20),
            hidden,
            "dotnet",
            "build",
            project,
            "-c",
            "Release",
            "-p:Gpu=true",
            $"-p:ArtifactsPath={artifacts.Path}",
            "-tl:off"
        );
        var program = artifacts["bin", "Onnx.Tests", "release", "OrleansAtlas.Onnx.Tests"];
        var folder = Path.GetDirectoryName(program)!;
        Assert.NotEmpty(Directory.EnumerateFiles(folder, "libonnxruntime_providers_cuda.so", SearchOption.AllDirectories));
        var tests = typeof(OnnxFeatureExtractorTests).FullName!;
        var said = await TestProgram.RunAsync(TimeSpan.FromMinutes(10), hidden, program, "-class", tests, "-noLogo", "-noColor");
        Assert.Contains("Failed: 0", said);
    }
}
