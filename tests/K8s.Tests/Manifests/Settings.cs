using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>Whether programs know the variables that containers get: a silo's are bound to its settings, every other is named in the code
/// of the product, or in the container's own command.</summary>
internal static partial class Settings
{
    // The platform's own: nobody names them.
    private static readonly string[] OfThePlatform = ["HOME", "DOTNET_PROCESSOR_COUNT"];

    private static readonly Type SiloSettings = Assembly.Load("OrleansAtlas.Silo").GetType("OrleansAtlas.Silo.SiloSettings")!;

    private static readonly Lazy<HashSet<string>> InTheCode = new(() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(TestFiles.Repository, "src"), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)),
        ]
    );

    public static IEnumerable<string> Problems(Manifest manifest) =>
        from pod in manifest.Pods
        from container in pod.Spec.Containers
        from problem in OfContainer(container, pod, manifest)
        select $"{pod.Owner}: {problem}";

    private static IEnumerable<string> OfContainer(V1Container container, Pod pod, Manifest manifest)
    {
        var variables = container.Variables(manifest);
        var script = string.Join('\n', (container.Command ?? []).Concat(Mounted(pod, manifest)).Concat(container.Args ?? []));
        var bound = container.Name == "silo" ? variables.Where(it => it.Key.StartsWith("Atlas__", StringComparison.Ordinal)).ToList() : [];
        return variables
            .Keys.Except(bound.Select(it => it.Key))
            .Except(OfThePlatform)
            .Where(name => !InTheCode.Value.Contains(name) && !Regex.IsMatch(script, $@"\$\W?{name}\b|env\.{name}\b"))
            .Select(name => $"{container.Name}: nobody reads '{name}'")
            .Concat(container.Name == "silo" ? OfSilo(bound, variables) : []);
    }

    private static IEnumerable<string> Mounted(Pod pod, Manifest manifest) =>
        (pod.Spec.Volumes ?? [])
            .Select(volume => volume.ConfigMap?.Name)
            .OfType<string>()
            .SelectMany(name => manifest.ConfigMaps.GetValueOrDefault(name)?.Values ?? []);

    // As the silo reads them, but that a name it does not know is an error.
    private static IEnumerable<string> OfSilo(List<KeyValuePair<string, string>> bound, Dictionary<string, string> variables)
    {
        foreach (var missing in new[] { "POD_NAME", "POD_IP" }.Where(name => !variables.ContainsKey(name)))
        {
            yield return $"a silo needs {missing}";
        }

        // A list takes what has no number too.
        foreach (var (name, _) in bound.Where(it => Listed().IsMatch(it.Key)))
        {
            yield return $"'{name}' has no number";
        }

        if (Bind(bound).Problem is { } unknown)
        {
            yield return unknown;
            yield break;
        }

        // Files are looked for; those of secrets are in pods only.
        var settings = Bind(bound.Where(it => !it.Value.StartsWith("/secrets/", StringComparison.Ordinal))).Settings!;
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), wrong, validateAllProperties: true);
        foreach (var result in wrong)
        {
            yield return result.ErrorMessage!;
        }
    }

    private static (object? Settings, string? Problem) Bind(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection(
                variables.ToDictionary(it => it.Key.Replace("__", ":", StringComparison.Ordinal), it => (string?)it.Value)
            )
            .Build()
            .GetSection("Atlas");
        try
        {
            return (section.Get(SiloSettings, options => options.ErrorOnUnknownConfiguration = true), null);
        }
        catch (InvalidOperationException error)
        {
            return (null, error.Message);
        }
    }

    [GeneratedRegex(@"^Atlas__Models__(?!\d+$)")]
    private static partial Regex Listed();

    [GeneratedRegex("\"([A-Z][A-Z0-9_]+)\"")]
    private static partial Regex Literal();
}
