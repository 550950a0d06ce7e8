// A language that is a third longer than English and full of accents: what is not translated or does not fit is seen at once.
#pragma once

#include <QTranslator>

namespace scenes {

class PseudoTranslator : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *text, const char *comment, int n) const override;
};

} // namespace scenes
